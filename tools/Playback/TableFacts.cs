using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Playback;

/// <summary>What a table says of a rule that the box has no need of.</summary>
public static class TableFacts
{
    /// <summary>The rule's revision.</summary>
    /// <param name="table">A loaded table.</param>
    /// <param name="signature">The signature.</param>
    public static int RevOf(this SignatureTable table, int signature) => BigEndian.Read16(table.Bytes,
        table.SignaturesAt + (signature * TableFormat.SignatureRecord) + TableFormat.SignatureRev);
}
