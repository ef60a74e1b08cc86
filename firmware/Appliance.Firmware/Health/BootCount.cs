using Appliance.Firmware.Tables;
using Appliance.Sensor.Frames;

namespace Appliance.Firmware.Health;

/// <summary>Counts the starts of the box, in two files that take turns: power that fails during a write spoils the older number
/// at most.</summary>
public sealed class BootCount
{
    private const int Length = 8;

    private static readonly string[] Names = { "boot0.tap", "boot1.tap" };

    /// <summary>Starts of the box, this one included; 0 when the storage does not tell.</summary>
    public int Count;

    private readonly IStorage _storage;
    private readonly byte[] _record = new byte[Length];
    private readonly byte[] _nothing = new byte[0];

    /// <summary>Makes a counter.</summary>
    /// <param name="storage">The files.</param>
    public BootCount(IStorage storage)
    {
        _storage = storage;
    }

    /// <summary>Counts this start.</summary>
    /// <returns>False when the storage did not take the number.</returns>
    public bool Start()
    {
        int first = Read(0);
        int second = Read(1);
        Count = (first > second ? first : second) + 1;
        BigEndian.Write32(_record, 0, Count);
        BigEndian.Write32(_record, 4, Crc32.Of(_record, 4));
        return _storage.Write(Names[first > second ? 1 : 0], _record, _nothing);
    }

    private int Read(int file)
    {
        if (!_storage.Exists(Names[file]) || _storage.Read(Names[file], 0, _record) != Length
            || BigEndian.Read32(_record, 4) != Crc32.Of(_record, 4))
        {
            return 0;
        }

        int count = BigEndian.Read32(_record, 0);
        return count > 0 ? count : 0;
    }
}
