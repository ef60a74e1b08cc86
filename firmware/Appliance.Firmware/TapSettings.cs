using Appliance.Sensor.Signatures;

namespace Appliance.Firmware;

/// <summary>What an image, or a simulated box, decides once. Everything that a site decides stands in its table.</summary>
public sealed class TapSettings
{
    /// <summary>Slots that are handed over at once: few enough for a small heap, enough to spread a turn's cost.</summary>
    public int Slots = 32;

    /// <summary>Gives the built-in table; used until a table was accepted, and when both slots are damaged.</summary>
    public TableOctets BuiltIn = NoTable;

    /// <summary>
    /// The keys that tables may be signed with until the storage has some of its own, at most <see cref="TrustedKey.Most"/>. The
    /// image has none: it is the same for every box, and a box takes its keys with its first table.
    /// </summary>
    public TrustedKey[] Keys = new TrustedKey[0];

    /// <summary>Without keys something is missing: it is told and shown. Not so a simulated box without storage, which takes no
    /// tables.</summary>
    public bool NeedsKeys = true;

    /// <summary>Which tables are for this board: a constant of <see cref="BoardClass"/>, <see cref="BoardClass.Any"/> for
    /// all.</summary>
    public int Board = BoardClass.Any;

    /// <summary>Octets of a table at most; two of them must fit into the heap while one takes the other's place.</summary>
    public int LargestTable = 20480;

    /// <summary>
    /// Octets of the heap that a loaded table may take at most. A board without PSRAM has less for it: there a table is too large
    /// when the heap has no room for it.
    /// </summary>
    public int LargestTableMemory = 20480;

    /// <summary>
    /// DICOM, HL7 and who lives in the network are looked at, which takes some 21 KB of the heap. A board without PSRAM needs
    /// these for the trial of a new table.
    /// </summary>
    public bool HasImaging = true;

    /// <summary>Octets of the queue of messages: some 40 alerts.</summary>
    public int QueueOctets = 16384;

    /// <summary>Collector address in place of the table's; empty for the table's.</summary>
    public byte[] Collector = new byte[0];

    /// <summary>Keys the hashes; on the device drawn at start, so that nobody can aim at a place in a table.</summary>
    public int Seed;

    /// <summary>What the box says of itself (heartbeat, table, health) is left out, but for a mirror of one direction: a replay
    /// of captures through the sensor alone.</summary>
    public bool IsQuiet;

    /// <summary>Days without DICOM and HL7 have no inventory: for replays that are asked for alerts alone.</summary>
    public bool SkipsPlainDays;

    private static byte[] NoTable()
    {
        return new byte[0];
    }
}
