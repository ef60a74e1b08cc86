using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The trial of a new table over the frames that come: how many of them would it match? They are counted as they pass and not
/// kept, which would take 9 KB that a board without PSRAM needs for the table.
/// </summary>
public sealed class TableTrial
{
    /// <summary>Slots over which a table is tried.</summary>
    public const int Slots = 64;

    /// <summary>With fewer slots a trial says little: it waits longer for them, and what passes it is told as untried.</summary>
    public const int Enough = 16;

    /// <summary>Slots with an earlier stamp are not counted: they were chosen by another interest mask.</summary>
    public long From;

    /// <summary>Slots that were counted, at most <see cref="Slots"/>.</summary>
    public int Count;

    /// <summary>Those of them that the new table matches and the one in use does not.</summary>
    public int Matched;

    /// <summary>What the mirror port has to let through meanwhile; null when it has it, since it keeps a copy of its
    /// own.</summary>
    public InterestUnion? Interest;

    private readonly SignatureTable _table;
    private readonly SignatureTable _running;
    private readonly SignatureMatcher _matcher;
    private readonly SignatureMatcher _before;
    private readonly Frame _frame = new Frame();

    /// <summary>Begins a trial.</summary>
    /// <param name="table">The new table, loaded.</param>
    /// <param name="running">The table in use.</param>
    public TableTrial(SignatureTable table, SignatureTable running)
    {
        _table = table;
        _running = running;
        _matcher = new SignatureMatcher(table);
        _before = new SignatureMatcher(running);
    }

    /// <summary>Joins what both tables ask the mirror port for.</summary>
    public void JoinInterest()
    {
        Interest = new InterestUnion(_running, _table);
    }

    /// <summary>Counts the slots of a batch, until there are enough.</summary>
    /// <param name="batch">A batch.</param>
    public void See(SlotBatch batch)
    {
        int count = batch.Count;
        for (int slot = 0; slot < count && Count < Slots; slot++)
        {
            if (batch.Stamps[slot] >= From)
            {
                Count++;
                if (IsNews(batch, slot))
                {
                    Matched++;
                }
            }
        }
    }

    /// <summary>
    /// The new table matches a slot by a signature that the table in use does not have, or does not match there. What both match
    /// is no news: an attack that is going on must not keep a better table out.
    /// </summary>
    /// <param name="batch">A batch.</param>
    /// <param name="slot">The slot.</param>
    public bool IsNews(SlotBatch batch, int slot)
    {
        Frame frame = _frame;
        int length = batch.Lengths[slot];
        frame.Decode(batch.Bytes, slot * SlotBatch.SlotLength, (length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask,
            length & SlotBatch.WireLengthMask);

        // Both are asked about every frame, since a rate counts those that do not match yet.
        int count = _matcher.Match(frame, batch.Stamps[slot]);
        int countBefore = _before.Match(frame, batch.Stamps[slot]);
        for (int i = 0; i < count; i++)
        {
            int sid = _table.Sid(_matcher.Matches[i]);
            int gid = _table.Gid(_matcher.Matches[i]);
            bool isKnown = false;
            for (int k = 0; k < countBefore && !isKnown; k++)
            {
                int other = _before.Matches[k];
                isKnown = _running.Sid(other) == sid && _running.Gid(other) == gid;
            }

            if (!isKnown)
            {
                return true;
            }
        }

        return false;
    }
}
