using Appliance.Firmware.Tables;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>The two steps in which the desk has a store take a table.</summary>
internal static class StoreSteps
{
    /// <summary>Looks at a new table, tries it over frames, and decides.</summary>
    public static int Take(this TableStore store, string path, SlotHistory history)
    {
        if (store.Look(path) == TableVerdict.OnTrial)
        {
            store.History = history;
        }

        return store.Conclude();
    }
}
