using Appliance.Firmware.Messages;
using Appliance.Sensor.Frames;

namespace Appliance.Firmware.Health;

/// <summary>Whether the port is a mirror: an ordinary one shows broadcasts, multicasts, and what is for the one host behind
/// it.</summary>
public sealed class MirrorProof
{
    private const long Second = 1000000;

    /// <summary>An ordinary port gets a frame to another host now and then, while the switch looks for it; a VLAN is quiet for
    /// less.</summary>
    private const long Absence = 300 * Second;

    /// <summary>Fewer frames than these say nothing about where they come from.</summary>
    private const int FewFrames = 10;

    private readonly IMirrorPort _port;
    private readonly MirrorFaults _faults;

    // The last proof, and what was counted until then.
    private long _provedAt;
    private long _receivedThen;
    private long _unicastThen;

    // To whom the last frame to one host was, in two parts; a second one is the proof.
    private int _hostHigh;
    private int _hostLow;
    private bool _hasHost;

    // A frame to one host was seen since that proof.
    private bool _isHostSeen;

    // Who sent the first frame since, in two parts, and whether another sent one: an ordinary port has the broadcasts of others,
    // while in an isolated network at night one console may be the only one that speaks.
    private int _senderHigh;
    private int _senderLow;
    private bool _hasSender;
    private bool _areSeveral;

    /// <summary>Since the last look there was a frame to a second host.</summary>
    public bool IsProved;

    /// <summary>Since it was begun there was a proof.</summary>
    public bool IsMirror;

    /// <summary>Makes a proof.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="faults">Has <see cref="MirrorFaults.NoMirror"/>.</param>
    public MirrorProof(IMirrorPort port, MirrorFaults faults)
    {
        _port = port;
        _faults = faults;
    }

    /// <summary>Begins anew: nothing is known of the port.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        _hasHost = false;
        IsMirror = false;
        Note(now);
    }

    /// <summary>Looks at one slot.</summary>
    /// <param name="words">Those of the batch.</param>
    /// <param name="word">Where the slot's begin: the address and the group bit stand in the first two.</param>
    public void See(int[] words, int word)
    {
        int high = words[word] & 0xffff;
        int low = words[word + 1];
        int senderHigh = words[word + 2];
        int senderLow = words[word + 3] >> 16;
        _areSeveral = _areSeveral || (_hasSender && (senderHigh != _senderHigh || senderLow != _senderLow));
        _hasSender = true;
        _senderHigh = senderHigh;
        _senderLow = senderLow;
        if ((high & 0x100) != 0)
        {
            return;
        }

        IsProved = _hasHost && (high != _hostHigh || low != _hostLow);
        _hasHost = true;
        _isHostSeen = true;
        _hostHigh = high;
        _hostLow = low;
    }

    /// <summary>Judges once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        if (IsProved)
        {
            IsMirror = true;
            Note(now);
            _faults.Over(MirrorFaults.NoMirror);
            return;
        }

        // Data that the interest mask skips is seen by nobody here: only without any, or with a kept frame to the one host, is
        // the absence of others known. Who speaks alone to one host has nobody to be heard beside him.
        long frames = _port.Counter(PortCounter.Received) - _receivedThen;
        bool isKnown = _isHostSeen ? _areSeveral : _port.Counter(PortCounter.Unicast) == _unicastThen;
        if (now - _provedAt >= Absence && frames >= FewFrames && isKnown
            && _faults.IsDue(MirrorFaults.NoMirror, now))
        {
            _faults.Begin(MirrorFaults.NoMirror, now);
            _faults.Teller.Number(MessageWord.Frames, frames);
            _faults.End(MirrorFaults.NoMirror);
        }
    }

    private void Note(long now)
    {
        _provedAt = now;
        _receivedThen = _port.Counter(PortCounter.Received);
        _unicastThen = _port.Counter(PortCounter.Unicast);
        _isHostSeen = false;
        _hasSender = false;
        _areSeveral = false;
        IsProved = false;
    }
}
