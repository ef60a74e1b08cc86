using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// When a suspicion is enough for a walk over hosts (a sweep) or over ports (a port scan): three suspect targets, or outcomes of
/// first contacts that no client has (<see cref="OutcomeWalk"/>).
/// </summary>
public sealed class WalkThreshold
{
    // Where the walk stands in a suspicion's column of flags: the highest octet, signed.
    private const int WalkShift = 24;
    private const int WalkMask = 255 << WalkShift;

    private readonly Suspicions _suspicions;
    private readonly int[] _cells;
    private readonly SiteView _site;
    private readonly OutcomeWalk _walk = new OutcomeWalk();
    private readonly ToolMarks _marks = new ToolMarks();
    private bool _sawArpReply;

    /// <summary>Makes the threshold.</summary>
    /// <param name="suspicions">The suspicions that it is held against.</param>
    /// <param name="site">Who lives.</param>
    public WalkThreshold(Suspicions suspicions, SiteView site)
    {
        _suspicions = suspicions;
        _cells = suspicions.Cells;
        _site = site;
    }

    /// <summary>ARP replies reach the tap, so that their absence means something.</summary>
    public void SeeArpReply()
    {
        _sawArpReply = true;
    }

    /// <summary>Writes an attempt into a suspicion, and moves its walk by what came of a first contact.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <param name="byPort">
    /// The suspicion is of a port; else of a host, where each port that the actor did not use before is a first contact.
    /// </param>
    public void Write(int at, Probe probe, bool byPort)
    {
        // By IPv6 no header is known, and none of a datagram.
        if (probe.SizeAndWindow != 0 && (probe.Flags & Tcp.Opening) == Tcp.Syn)
        {
            _suspicions.Notes.NoteTool(at, _marks.Of(probe));
        }

        // A router asks by ARP for who is there and who left in turn: of these no more is weighed than the suspicion has bits
        // for.
        if (_suspicions.Notes.Write(at, probe, byPort ? probe.Number : probe.Port,
            byPort && probe.Contacts != 0 && probe.Protocol != Probe.Arp))
        {
            Step(at, probe, byPort);
        }
    }

    /// <summary>Writes an attempt into the suspicion of a network, likewise.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <returns>False when its target is new, but beyond those that are listed.</returns>
    public bool WriteSource(int at, Probe probe)
    {
        if (!_suspicions.Notes.WriteSource(at, probe, (byte)probe.Actor))
        {
            return true;
        }

        Step(at, probe, true);
        return _cells[at + Suspicions.Targets] <= Suspicions.ListedTargets;
    }

    private void Step(int at, Probe probe, bool byPort)
    {
        int outcome = probe.Outcome;
        // Nor is a port of which the actor had the service before: a server that starts anew refuses its clients at all ports.
        if (probe.Contacts == 0 || outcome == Outcome.Unknown)
        {
            return;
        }

        if (outcome == Outcome.Answered && probe.Protocol == IpProtocol.Tcp)
        {
            // Accepted and not talked with is what a scanner does, and what a monitor does: it says nothing.
            return;
        }

        // A companion that is silent is switched off, at whatever port it is asked. Who says nothing to a datagram is excused at
        // one port, not at port after port of a host.
        if (probe.IsExcused && outcome == Outcome.Silent && (byPort || probe.Protocol != IpProtocol.Udp))
        {
            return;
        }

        int[] cells = _cells;
        // An announcement that is answered is none.
        bool isFailure = outcome < Outcome.Answered || (probe.Protocol == Probe.Arp && probe.Port == Probe.Announcement);
        Put(at, _walk.Step(cells[at + Suspicions.Flags] >> WalkShift, isFailure, probe.LivingBit < 0));
    }

    private void Put(int at, int walk)
    {
        int cell = at + Suspicions.Flags;
        walk = walk < OutcomeWalk.Bottom ? OutcomeWalk.Bottom : walk;
        _cells[cell] = (_cells[cell] & ~WalkMask) | (walk << WalkShift);
    }

    /// <summary>An attempt was answered after it had been counted as a failure.</summary>
    /// <param name="at">Where its suspicion begins.</param>
    public void TakeBack(int at)
    {
        Put(at, (_cells[at + Suspicions.Flags] >> WalkShift) - 2);
    }

    /// <summary>Whether a suspicion is a walk.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public bool IsWalk(int at, Probe probe)
    {
        int[] cells = _cells;
        if ((byte)(cells[at + Suspicions.Counts] >> 16) >= Limits.SuspectTargets)
        {
            return true;
        }

        if (!IsScan(at, probe)
            || (probe.Protocol == Probe.Arp && !_sawArpReply && cells[at + Suspicions.Targets] < Limits.ArpTargetsUnanswered))
        {
            return false;
        }

        ForgetAwake(at, probe);
        return IsScan(at, probe);
    }

    private bool IsScan(int at, Probe probe)
    {
        return _walk.IsScan(_cells[at + Suspicions.Flags] >> WalkShift, probe.LivingBit < 0);
    }

    /// <summary>
    /// Forgets the listed targets that never spoke when they were asked and live now: a DHCP server asks for the address that it
    /// is about to offer, and who is woken up over the network is asked for before.
    /// </summary>
    private void ForgetAwake(int at, Probe probe)
    {
        int[] cells = _cells;
        int listed = _suspicions.Notes.ListedOf(at);
        int cover = cells[at + Suspicions.Cover];
        int dark = (int)((uint)cover >> 24);
        int awake = 0;
        int gone = 0;
        for (int i = 0; i < listed; i++)
        {
            if (((dark >> i) & 1) != 0
                && !_site.IsStillDark((int)((uint)cells[at + Suspicions.Target + i] >> 16), probe))
            {
                awake |= 1 << i;
                gone++;
            }
        }

        if (gone == 0)
        {
            return;
        }

        int left = cells[at + Suspicions.Targets] - gone;
        Put(at, (cells[at + Suspicions.Flags] >> WalkShift) - gone);
        if (left >= Suspicions.ListedTargets)
        {
            // Those beyond the list stay counted; who is forgotten keeps his place in it, so that he is not counted again.
            cells[at + Suspicions.Cover] = cover & ~(awake << 24);
            cells[at + Suspicions.Targets] = left;
            cells[at + Suspicions.Counts] -= gone;
            return;
        }

        Unlist(at, listed, awake);
    }

    // Takes targets out of the list of a suspicion that has few besides; those begin anew.
    private void Unlist(int at, int listed, int gone)
    {
        int[] cells = _cells;
        int cover = cells[at + Suspicions.Cover];
        int kept = 0;
        int dark = 0;
        int each = 0;
        for (int i = 0; i < listed; i++)
        {
            if (((gone >> i) & 1) == 0)
            {
                cells[at + Suspicions.Target + kept] = cells[at + Suspicions.Target + i];
                dark |= ((cover >> (24 + i)) & 1) << (24 + kept);
                each |= ((cells[at + Suspicions.AttemptsEach] >> (i << 2)) & 15) << (kept << 2);
                kept++;
            }
        }

        cells[at + Suspicions.Cover] = (cover & 0xffffff) | dark;
        cells[at + Suspicions.AttemptsEach] = each;
        cells[at + Suspicions.Targets] = kept;
        cells[at + Suspicions.Beyond] = 0;
        cells[at + Suspicions.Counts] = kept;
    }
}
