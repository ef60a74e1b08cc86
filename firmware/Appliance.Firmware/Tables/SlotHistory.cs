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

    /// <summary>With fewer slots a trial says little: it waits longer for them, and what passes it is told as untried.</summary>
    public const int Enough = 16;

    /// <summary>Slots with an earlier stamp are not kept: they were chosen by another interest mask.</summary>
    public long From;

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
        int from = batch.Count > Slots ? batch.Count - Slots : 0;
        while (from < batch.Count && batch.Stamps[from] < From)
        {
            from++;
        }

        int count = batch.Count - from;
        Count = Count + count < Slots ? Count + count : Slots;
        while (count > 0)
        {
            // At most two pieces: to the end of the ring, and from its beginning.
            int piece = count < Slots - _next ? count : Slots - _next;
            Array.Copy(batch.Bytes, from * SlotBatch.SlotLength, _bytes, _next * SlotBatch.SlotLength,
                piece * SlotBatch.SlotLength);
            Array.Copy(batch.Lengths, from, _lengths, _next, piece);
            Array.Copy(batch.Stamps, from, _stamps, _next, piece);
            _next = _next + piece == Slots ? 0 : _next + piece;
            from += piece;
            count -= piece;
        }
    }

    /// <summary>
    /// How many of the slots a table's signatures match. Matches that the table in use makes too are no news: an attack that is
    /// going on must not
    /// keep a better table out.
    /// </summary>
    /// <param name="table">A loaded table.</param>
    /// <param name="running">The table in use.</param>
    public int MatchesOf(SignatureTable table, SignatureTable running)
    {
        var matcher = new SignatureMatcher(table);
        var before = new SignatureMatcher(running);
        var frame = new Frame();
        int matched = 0;
        int slot = Count < Slots ? 0 : _next;
        for (int left = Count; left > 0; left--)
        {
            int length = _lengths[slot];
            frame.Decode(_bytes, slot * SlotBatch.SlotLength, (length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask,
                length & SlotBatch.WireLengthMask);
            int count = matcher.Match(frame, _stamps[slot]);
            if (count > 0 && IsNews(matcher, count, table, before, before.Match(frame, _stamps[slot]), running))
            {
                matched++;
            }

            slot = slot + 1 == Slots ? 0 : slot + 1;
        }

        return matched;
    }

    // A signature matched that the table in use does not have, or does not match here.
    private bool IsNews(SignatureMatcher matcher, int count, SignatureTable table, SignatureMatcher before, int countBefore,
        SignatureTable running)
    {
        for (int i = 0; i < count; i++)
        {
            int sid = table.Sid(matcher.Matches[i]);
            int gid = table.Gid(matcher.Matches[i]);
            bool isKnown = false;
            for (int k = 0; k < countBefore && !isKnown; k++)
            {
                int other = before.Matches[k];
                isKnown = running.Sid(other) == sid && running.Gid(other) == gid;
            }

            if (!isKnown)
            {
                return true;
            }
        }

        return false;
    }
}
