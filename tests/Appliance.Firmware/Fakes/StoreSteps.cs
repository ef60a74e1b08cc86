using Appliance.Firmware.Tables;
using Appliance.Sensor;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>The two steps in which the desk has a store take a table.</summary>
internal static class StoreSteps
{
    /// <summary>Looks at a new table, tries it over frames, and decides.</summary>
    public static int Take(this TableStore store, string path, SlotBatch? frames = null)
    {
        if (store.Look(path) == TableVerdict.OnTrial && frames is not null)
        {
            store.Trial!.See(frames);
        }

        return store.Conclude();
    }
}
