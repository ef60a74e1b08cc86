using Appliance.Sensor.Frames;

namespace Appliance.Firmware.Tables;

/// <summary>
/// What the box does once, each in a file of its own: what it was done for, and a checksum. Power that fails meanwhile makes the
/// box do it again, which harms nobody; the slot in use is not written for it.
/// </summary>
public static class Milestone
{
    /// <summary>The check of the installation was passed, for a site.</summary>
    public const string Installed = "installed.tap";

    /// <summary>The test alert was told, for a table.</summary>
    public const string Tested = "tested.tap";

    private const int Length = 8;

    /// <summary>It was done for this.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="file">A constant of this class.</param>
    /// <param name="what">What it is done for, as a number.</param>
    public static bool IsReached(IStorage storage, string file, int what)
    {
        if (!storage.Exists(file))
        {
            return false;
        }

        var record = new byte[Length];
        byte[] right = RecordOf(what);
        bool isSame = storage.Read(file, 0, record) == Length;
        for (int i = 0; i < Length; i++)
        {
            isSame = isSame && record[i] == right[i];
        }

        return isSame;
    }

    /// <summary>It is done: remembered in place of what it was done for before.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="file">A constant of this class.</param>
    /// <param name="what">What it was done for, as a number.</param>
    public static void Reach(IStorage storage, string file, int what)
    {
        storage.Write(file, RecordOf(what), new byte[0]);
    }

    private static byte[] RecordOf(int what)
    {
        var record = new byte[Length];
        BigEndian.Write32(record, 0, what);
        BigEndian.Write32(record, 4, Crc32.Of(record, 4));
        return record;
    }
}
