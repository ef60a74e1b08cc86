using Appliance.Firmware.Tables;
using Appliance.Imaging;
using Appliance.Imaging.Memories;
using Appliance.Sensor.Frames;

namespace Appliance.Firmware.Health;

/// <summary>
/// Keeps over restarts which hosts of the site were heard: in two files that take turns, so that power that fails during a write
/// costs a day at most. Written an hour after the start, when the inventory was told, and else daily: flash wears, and who
/// restarts often must learn all the same, and not tell the inventory each time.
/// </summary>
public sealed class SiteMemory
{
    private const long Hour = 3600L * 1000000;
    private const long Day = 24 * Hour;

    // Head: magic, version and zeros, count of writes, hours of listening, home networks, sum of the entries, when the inventory
    // was told, CRC-32 of what stands before.
    private const int Magic = 0x54415048;
    private const int Version = 2 << 24;
    private const int CountAt = 8;
    private const int HoursAt = 12;
    private const int HomeAt = 16;
    private const int SumAt = 20;
    private const int ToldAt = 24;
    private const int CheckAt = 28;
    private const int HeadLength = 32;

    private static readonly string[] Names = { "hosts0.tap", "hosts1.tap" };

    private readonly IStorage _storage;
    private readonly ImagingEyes _eyes;
    private readonly byte[] _head = new byte[HeadLength];
    private int _count;
    private int _toldHour;
    private long _dueAt;

    /// <summary>The storage did not take the last file.</summary>
    public bool IsBad;

    /// <summary>Makes a memory.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="eyes">Who hears the hosts.</param>
    public SiteMemory(IStorage storage, ImagingEyes eyes)
    {
        _storage = storage;
        _eyes = eyes;
    }

    /// <summary>Reads what was kept: the newer file that is whole. What was learned of another home network is nothing.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _dueAt = now + Hour;
        KnownHosts known = _eyes.Arrivals.Known;
        int first = CountOf(0);
        int second = CountOf(1);
        _count = first > second ? first : second;
        int newer = first > second ? 0 : 1;
        if (Take(newer, known))
        {
            return;
        }

        if (Take(1 - newer, known))
        {
            // The next one goes over the one that is torn.
            _count = CountOf(1 - newer);
        }
        else
        {
            known.Clear();
        }
    }

    /// <summary>Writes what was learned, when it is time.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        if (now < _dueAt && _toldHour == _eyes.ToldHour)
        {
            return;
        }

        _toldHour = _eyes.ToldHour;
        _dueAt = now + Day;
        _count++;
        BigEndian.Write32(_head, 0, Magic);
        BigEndian.Write32(_head, 4, Version);
        BigEndian.Write32(_head, CountAt, _count);
        BigEndian.Write32(_head, HoursAt, _eyes.Arrivals.Hours);
        BigEndian.Write32(_head, HomeAt, _eyes.HomeMark);
        BigEndian.Write32(_head, SumAt, _eyes.Arrivals.Known.Sum);
        BigEndian.Write32(_head, ToldAt, _toldHour);
        BigEndian.Write32(_head, CheckAt, Crc32.Of(_head, CheckAt));

        // Odd counts in the second file: never the one that was written last.
        IsBad = !_storage.Write(Names[_count & 1], _head, _eyes.Arrivals.Known.Octets);
        if (IsBad)
        {
            _dueAt = now + Hour;
        }
    }

    // The count of a file whose head is right; 0 for none.
    private int CountOf(int file)
    {
        return _storage.Exists(Names[file]) && _storage.Read(Names[file], 0, _head) == HeadLength && Number(0) == Magic
            && Number(4) == Version && Number(CheckAt) == Crc32.Of(_head, CheckAt) && Number(CountAt) > 0 ? Number(CountAt) : 0;
    }

    private bool Take(int file, KnownHosts known)
    {
        if (CountOf(file) == 0 || Number(HomeAt) != _eyes.HomeMark
            || _storage.Read(Names[file], HeadLength, known.Octets) != known.Octets.Length || !known.Load(Number(SumAt)))
        {
            return false;
        }

        _toldHour = Number(ToldAt);
        _eyes.ToldHour = _toldHour;
        _eyes.Learn(Number(HoursAt));
        return true;
    }

    private int Number(int at)
    {
        return BigEndian.Read32(_head, at);
    }
}
