using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>The newest slots that the mirror port kept, for the trial of a new table.</summary>
public sealed class SlotHistory
{
    /// <summary>Slots that are remembered.</summary>
    public const int Slots = 64;

    /// <summary>With fewer slots a table is not refused for what it matches: a quarter of five frames says nothing.</summary>
    public const int Enough = 16;

    /// <summary>Slots that are there.</summary>
    public int Count;

    private readonly byte[] _bytes = new byte[Slots * SlotBatch.SlotLength];
    private readonly int[] _lengths = new int[Slots];
    private readonly long[] _stamps = new long[Slots];
    private int _next;

    /// <summary>Remembers the newest slots of a batch.</summary>
    /// <param name="batch">A batch.</param>
    public void Keep(SlotBatch batch)
    {
        int count = batch.Count < Slots ? batch.Count : Slots;
        int from = batch.Count - count;
        Count = Count + count < Slots ? Count + count : Slots;
        while (count > 0)
        {
            // At most two pieces: to the end of the ring, and from its beginning.
            int piece = count < Slots - _next ? count : Slots - _next;
            Array.Copy(batch.Bytes, from * SlotBatch.SlotLength, _bytes, _next * SlotBatch.SlotLength, piece * SlotBatch.SlotLength);
            Array.Copy(batch.Lengths, from, _lengths, _next, piece);
            Array.Copy(batch.Stamps, from, _stamps, _next, piece);
            _next = _next + piece == Slots ? 0 : _next + piece;
            from += piece;
            count -= piece;
        }
    }

    /// <summary>How many of the slots a table's signatures match.</summary>
    /// <param name="table">A loaded table.</param>
    public int MatchesOf(SignatureTable table)
    {
        var matcher = new SignatureMatcher(table);
        var frame = new Frame();
        int matched = 0;
        int slot = Count < Slots ? 0 : _next;
        for (int left = Count; left > 0; left--)
        {
            int length = _lengths[slot];
            frame.Decode(_bytes, slot * SlotBatch.SlotLength, (length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask,
                length & SlotBatch.WireLengthMask);
            if (matcher.Match(frame, _stamps[slot]) > 0)
            {
                matched++;
            }

            slot = slot + 1 == Slots ? 0 : slot + 1;
        }

        return matched;
    }
}
