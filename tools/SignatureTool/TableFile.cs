using Appliance.Firmware.Tables;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool;

/// <summary>Reads a table's octets as a box does before it tries them.</summary>
internal static class TableFile
{
    /// <summary>Loads a table, and looks at its openings, which the sensor does not do and the box does.</summary>
    /// <param name="octets">The file.</param>
    /// <param name="table">The table; of no use where there is a problem.</param>
    /// <returns>A constant of <see cref="TableProblem"/>.</returns>
    public static int Load(byte[] octets, out SignatureTable table)
    {
        table = new SignatureTable();
        int problem = table.Load(octets, octets.Length);
        return problem == TableProblem.None ? OpeningCheck.Of(table) : problem;
    }
}
