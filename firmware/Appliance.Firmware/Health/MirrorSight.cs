using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Health;

/// <summary>
/// Whether what comes by the mirror port is a mirror of this site that can be read: a port that shows no conversation, one whose frames are
/// sealed or of another network, or one that shows everything twice or half of some conversations, has a link and frames and looks well.
/// </summary>
public sealed class MirrorSight
{
    /// <summary>Broadcasts, multicasts and frames to one host only: an ordinary port.</summary>
    public const int NoMirror = 0;

    /// <summary>Most frames are of an encapsulation that can't be read.</summary>
    public const int Unreadable = 1;

    /// <summary>No frame is of the site's home network.</summary>
    public const int Foreign = 2;

    /// <summary>Most frames come more than once.</summary>
    public const int Doubled = 3;

    /// <summary>Some conversations show one side only: a member of a link aggregation, or a direction of a port, is not mirrored.</summary>
    public const int Partial = 4;

    /// <summary>What the box's own uplink sends comes by the mirror port: the uplink is where it promises not to transmit.</summary>
    public const int OwnUplink = 5;

    /// <summary>No conversation shows both sides: the switch mirrors one direction only.</summary>
    public const int OneSided = 6;

    private const int Faults = 7;

    private const long Second = 1000000;
    private const long Minute = 60 * Second;
    private const long Day = 86400 * Second;

    /// <summary>An ordinary port gets a frame to another host now and then, while the switch looks for it; a VLAN is quiet for
    /// less.</summary>
    private const long Absence = 300 * Second;

    /// <summary>Fewer frames than these say nothing about where they come from.</summary>
    private const int FewFrames = 10;

    /// <summary>Copies are looked for among kept frames only, which are few.</summary>
    private const int FewKept = 20;

    /// <summary>From one copy among so many frames on the mirror is doubled: of a half that is mirrored twice it is one in three.</summary>
    private const int CopyShare = 4;

    /// <summary>Fewer conversations say nothing of a share.</summary>
    private const int FewConversations = 20;

    /// <summary>And fewer halves than these may be frames that got lost.</summary>
    private const int FewHalves = 3;

    /// <summary>In tenths of a percent: one direction of one port of a switch of 24 is one conversation in 24 or more; of a mirror that
    /// loses a third of its frames, so few lose all of a side.</summary>
    private const int PartialShare = 20;

    /// <summary>So many whole ones without a half end it, though the share may still be one in twenty.</summary>
    private const int ManyWholes = 60;

    /// <summary>A share that so many can't decide is the limit's own; they are counted anew.</summary>
    private const int ManyConversations = 300;

    /// <summary>So long the sensor may take to tell a mirror of one direction; two of its minutes.</summary>
    private const long OneSidedTime = 150 * Second;

    /// <summary>Slots that are looked at in a turn until there is an answer: all 32 of a turn that has no frame of the site would take as
    /// long as five judged ones.</summary>
    private const int MostLooked = 4;

    /// <summary>A fault that ended and comes again is told when it lasted so long.</summary>
    private const int FirstPatience = 360;

    /// <summary>And each time it does, the next has to last so many times longer: one that comes and goes all day is told four
    /// times.</summary>
    private const int PatienceGrowth = 10;

    // Places in the counters' values at the beginning of the minute.
    private const int UnicastThen = 0;
    private const int UnreadableThen = 1;
    private const int KeptThen = 2;
    private const int CopiesThen = 3;
    private const int WholesThen = 4;
    private const int HalvesThen = 5;

    /// <summary>Slots of a turn that are held against the uplink's own address: all of them up to some eighty frames a second, and one in
    /// eight of any load. The uplink sends two frames a minute or more.</summary>
    private const int OwnLooked = 4;

    /// <summary>One frame with that address may be forged, or a neighbour's that was copied; then it is over after an hour
    /// without.</summary>
    private const int FewOwn = 2;
    private const long OwnTime = 3600 * Second;

    // Numbers of the sentences below: a fault's own is its number.
    private const int SayOver = Faults;
    private const int Names = Faults + Faults;

    private const int NameMacSec = Names;
    private const int NameFabricPath = Names + 1;
    private const int NameDsa = Names + 2;
    private const int NamePbb = Names + 3;
    private const int NameTrill = Names + 4;
    private const int NameMpls = Names + 5;
    private const int NameErspan = Names + 6;
    private const int SaySwapped = Names + 7;
    private const int SayNotSwapped = Names + 8;

    private readonly Phrases _sentences = new Phrases(
        "no frames between hosts: an ordinary port of the switch, no mirror|"
        + "most frames are of an encapsulation that can't be read|"
        + "no frame of the home network: the wrong VLAN, or another site's table|"
        + "frames come twice: mirror what ports receive only|"
        + "some conversations show one side only|"
        + "this box's uplink is mirrored|"
        + "the mirror shows one direction only: set the switch to mirror both, received and sent; "
        + "answers are not judged until then|"
        + "the mirror shows frames between hosts|"
        + "the frames can be read|"
        + "frames of the home network come|"
        + "frames come once|"
        + "conversations show both sides|"
        + "the uplink is not mirrored|"
        + "the mirror shows both directions again|"
        + "MACsec|FabricPath|DSA|PBB|TRILL|MPLS|ERSPAN|"
        + "MIRROR and UPLINK are swapped|"
        + "the cables are right|");

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private readonly IUplink _uplink;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    // A fault: a bit whether it was told and is not over, when it was told last, since when it is there, and how many seconds the next has
    // to last.
    private int _told;
    private readonly long[] _toldAt = new long[Faults];
    private readonly long[] _since = new long[Faults];
    private readonly int[] _patience = new int[Faults];

    private readonly long[] _then = new long[6];
    private long _minuteAt;

    // The last whole conversation: when, and how many halves there were.
    private long _wholes;
    private long _wholeAt;
    private long _halvesThen;

    // The last half: how many there were, and how many whole ones.
    private long _halvesSeen;
    private long _wholesAtHalf;

    // The last frame that proves the mirror to be one, and of the site; what was counted since.
    private long _mirroredAt;
    private long _receivedThen;
    private long _unicastThen;
    private long _homeAt;
    private int _strangers;

    // To whom the last frame to one host was, in two parts; a second one is the proof.
    private int _hostHigh;
    private int _hostLow;
    private bool _hasHost;

    // A frame to one host was seen since that proof.
    private bool _isHostSeen;
    private bool _hasTwoHosts;
    private bool _hasHome;
    private bool _isPartial;

    // The uplink's address in two parts, how many of its frames came, and when the last.
    private int _ownHigh;
    private int _ownLow;
    private int _own;
    private bool _isOwnSeen;
    private long _ownAt;

    // The last time that the uplink had an address, and what was told of the cables.
    private long _uplinkAt;
    private bool _isSwapped;

    // The count of conversations began with a half, since whole ones came before.
    private bool _isFirstAwaited;

    /// <summary>Makes a sight.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="sensor">Takes no evidence from answers while conversations show one side only.</param>
    /// <param name="uplink">Whose cable may be in the mirror's place.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public MirrorSight(IMirrorPort port, TapSensor sensor, IUplink uplink, MessageWriter writer, StatusLight light)
    {
        _uplink = uplink;
        _port = port;
        _sensor = sensor;
        _writer = writer;
        _light = light;
    }

    /// <summary>Since the last look there was a frame of the site, and one that proves the mirror: slots need not be looked at.</summary>
    public bool IsSettled;

    /// <summary>Since it was begun there was a frame that proves the port to be a mirror.</summary>
    public bool IsMirror;

    /// <summary>Since it was begun there was a frame of the home network.</summary>
    public bool IsHome;

    /// <summary>What was told of a fault and is not over.</summary>
    /// <param name="fault">A constant of this class.</param>
    public bool IsTold(int fault)
    {
        return (_told >> fault & 1) != 0;
    }

    /// <summary>Begins to watch: also behind a new link or table, of which nothing is known.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        _hasHost = false;
        IsMirror = false;
        IsHome = false;
        NoteMirror(now);
        NoteHome(now);
        BeginMinute(now);
        BeginConversations();
        _uplinkAt = now;
        byte[] mac = _uplink.MacAddress();
        _ownHigh = BigEndian.Read32(mac, 0);
        _ownLow = BigEndian.Read16(mac, 4);
    }

    /// <summary>Looks for frames of the box's own uplink; called each turn.</summary>
    /// <param name="batch">The slots.</param>
    public void SeeOwn(SlotBatch batch)
    {
        int[] words = batch.Words;
        int count = batch.Count < OwnLooked ? batch.Count : OwnLooked;
        for (int slot = 0; slot < count; slot++)
        {
            int word = slot << SlotBatch.WordShift;
            if (words[word + 2] == _ownHigh && (words[word + 3] >> 16 & 0xffff) == _ownLow)
            {
                _own++;
                _isOwnSeen = true;
            }
        }
    }

    /// <summary>Looks for frames to more than one host, and of the home network.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="table">Knows the home network.</param>
    public void See(SlotBatch batch, SignatureTable table)
    {
        int count = batch.Count < MostLooked ? batch.Count : MostLooked;
        for (int slot = 0; slot < count && !IsSettled; slot++)
        {
            if (!_hasTwoHosts)
            {
                SeeHost(batch.Words, slot << SlotBatch.WordShift);
            }

            if (!_hasHome)
            {
                SeeHome(batch, slot, table);
            }

            IsSettled = _hasTwoHosts && _hasHome;
        }
    }

    /// <summary>Judges once a second, tells what changed, and keeps the light.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isEnd">A replay ends: the minute so far must do.</param>
    public void Look(long now, bool isEnd)
    {
        if (!_port.IsLinkUp())
        {
            Begin(now);
            return;
        }

        JudgeHosts(now);
        JudgeDirections(now, isEnd);
        JudgeConversations(now, isEnd);
        if (now - _minuteAt >= Minute || isEnd)
        {
            JudgeMinute(now);
            BeginMinute(now);
        }

        JudgeHome(now);
        JudgeOwn(now);
        JudgeCables(now);
        IsSettled = false;
    }

    // The address and the group bit stand in the first two words.
    private void SeeHost(int[] words, int word)
    {
        int high = words[word] & 0xffff;
        int low = words[word + 1];
        if ((high & 0x100) != 0)
        {
            return;
        }

        _hasTwoHosts = _hasHost && (high != _hostHigh || low != _hostLow);
        _hasHost = true;
        _isHostSeen = true;
        _hostHigh = high;
        _hostLow = low;
    }

    // Link-local and unspecified addresses are of every network.
    private void SeeHome(SlotBatch batch, int slot, SignatureTable table)
    {
        int[] words = batch.Words;
        int ip = (slot << SlotBatch.WordShift) + SlotBatch.IpWord;
        int at = (slot * SlotBatch.SlotLength) + Ethernet.HeaderLength;
        int type = words[ip - 1] & 0xffff;
        for (int tags = 0;
            tags < 2 && (type == Ethernet.TypeVlan || type == Ethernet.TypeServiceVlan || type == Ethernet.TypeOldQinQ); tags++)
        {
            ip++;
            at += Ethernet.TagLength;
            type = words[ip - 1] & 0xffff;
        }

        int source;
        int target;
        if (type == Ethernet.TypeIpv4)
        {
            source = words[ip + 3];
            target = words[ip + 4];
        }
        else if (type == Ethernet.TypeArp)
        {
            source = (words[ip + 3] << 16) | ((words[ip + 4] >> 16) & 0xffff);
            target = words[ip + 6];
        }
        else
        {
            if (type == Ethernet.TypeIpv6 && batch.Bytes[at + Ipv6.Source] != 0xfe && batch.Bytes[at + Ipv6.Source] != 0)
            {
                NoteNetwork(table.IsHome6(batch.Bytes, at + Ipv6.Source) || table.IsHome6(batch.Bytes, at + Ipv6.Destination));
            }

            return;
        }

        if (source != 0 && (source >> 16 & 0xffff) != 0xa9fe)
        {
            NoteNetwork(table.HomeIndex(source) >= 0 || table.HomeIndex(target) >= 0);
        }
    }

    private void NoteNetwork(bool isHome)
    {
        _hasHome = isHome;
        _strangers++;
    }

    private void NoteMirror(long now)
    {
        _mirroredAt = now;
        _receivedThen = _port.Counter(PortCounter.Received);
        _unicastThen = _port.Counter(PortCounter.Unicast);
        _isHostSeen = false;
        _hasTwoHosts = false;
        IsSettled = false;
    }

    private void NoteHome(long now)
    {
        _homeAt = now;
        _strangers = 0;
        _hasHome = false;
        IsSettled = false;
    }

    private void BeginMinute(long now)
    {
        _minuteAt = now;
        _then[UnicastThen] = _port.Counter(PortCounter.Unicast);
        _then[UnreadableThen] = _port.Counter(PortCounter.Unreadable);
        _then[KeptThen] = _port.Counter(PortCounter.Kept);
        _then[CopiesThen] = _port.Counter(PortCounter.Copies);
    }

    private void BeginConversations()
    {
        _then[WholesThen] = _port.Counter(PortCounter.Wholes);
        _then[HalvesThen] = _port.Counter(PortCounter.Halves);
    }

    // Halves without a whole one behind them may be the first of a mirror of one direction, judged below.
    private bool IsOneSide(long now)
    {
        return _port.Counter(PortCounter.Halves) != _halvesThen && now - _wholeAt < OneSidedTime;
    }

    // The sensor judges once a minute, and trusts no answer from the first doubt on.
    private void JudgeDirections(long now, bool isEnd)
    {
        if (!_sensor.IsMirrorOneSided() && !(isEnd && _sensor.Mirror.LooksOneSided()))
        {
            Over(OneSided, LightCode.OneSided);
        }
        else if (Is(OneSided, LightCode.OneSided, now))
        {
            Tell(OneSided, now);
            End(OneSided);
        }
    }

    // A mirror that shows one direction and nothing else is judged above. What lies between the limits goes on being counted.
    private void JudgeConversations(long now, bool isEnd)
    {
        long halves = _port.Counter(PortCounter.Halves) - _then[HalvesThen];
        long all = _port.Counter(PortCounter.Wholes) - _then[WholesThen] + halves;
        if (_port.Counter(PortCounter.Wholes) != _wholes)
        {
            _wholes = _port.Counter(PortCounter.Wholes);
            _wholeAt = now;
            _halvesThen = _port.Counter(PortCounter.Halves);
        }

        if (_port.Counter(PortCounter.Halves) != _halvesSeen)
        {
            _halvesSeen = _port.Counter(PortCounter.Halves);
            _wholesAtHalf = _wholes;
        }

        if (_sensor.IsMirrorOneSided())
        {
            BeginConversations();
            return;
        }

        if (_isPartial)
        {
            // A question may have been on the side that is missing.
            _sensor.NoteLost(0);
        }

        if (!_isPartial && halves == 0)
        {
            // Counted from the first half on: whole ones of before would hide what share it is.
            _isFirstAwaited = _isFirstAwaited || all != 0;
            BeginConversations();
            return;
        }

        if (_isFirstAwaited)
        {
            // Where it was waited for it is no evidence.
            halves--;
            all--;
        }

        bool isWhole = _isPartial && _wholes - _wholesAtHalf >= ManyWholes;
        if (!isWhole && (halves == 0 || (all < FewConversations && !isEnd)))
        {
            return;
        }

        if (isWhole || LossInterval.High(halves, all) < PartialShare)
        {
            _isPartial = false;
            _isFirstAwaited = false;
            Over(Partial, LightCode.Partial);
            BeginConversations();
        }
        else if (halves >= FewHalves && !IsOneSide(now) && LossInterval.Low(halves, all) >= PartialShare)
        {
            _isPartial = true;
            if (Is(Partial, LightCode.Partial, now))
            {
                Tell(Partial, now);
                _writer.Number(MessageWord.Share, halves * 100 / all);
                _writer.Number(MessageWord.Of, all);
                End(Partial);
            }

            _isFirstAwaited = false;
            BeginConversations();
        }
        else if (all >= ManyConversations)
        {
            _isFirstAwaited = false;
            BeginConversations();
        }
    }

    // Data that the interest mask skips is seen by nobody here: only without any, or with a kept frame to the one host, is that known.
    private void JudgeHosts(long now)
    {
        if (_hasTwoHosts)
        {
            IsMirror = true;
            NoteMirror(now);
            Over(NoMirror, LightCode.OrdinaryPort);
            return;
        }

        long frames = _port.Counter(PortCounter.Received) - _receivedThen;
        if (now - _mirroredAt >= Absence && frames >= FewFrames && (_isHostSeen || _port.Counter(PortCounter.Unicast) == _unicastThen)
            && Is(NoMirror, LightCode.OrdinaryPort, now))
        {
            Tell(NoMirror, now);
            _writer.Number(MessageWord.Frames, frames);
            End(NoMirror);
        }
    }

    private void JudgeMinute(long now)
    {
        long unicast = _port.Counter(PortCounter.Unicast) - _then[UnicastThen];
        long unreadable = _port.Counter(PortCounter.Unreadable) - _then[UnreadableThen];
        if (unicast >= FewFrames && unreadable + unreadable <= unicast)
        {
            Over(Unreadable, LightCode.Unreadable);
        }
        else if (unicast >= FewFrames && Is(Unreadable, LightCode.Unreadable, now))
        {
            Tell(Unreadable, now);
            TellType((int)_port.Counter(PortCounter.UnreadableType));
            _writer.Number(MessageWord.Share, unreadable * 100 / unicast);
            End(Unreadable);
        }

        long copies = _port.Counter(PortCounter.Copies) - _then[CopiesThen];
        long all = _port.Counter(PortCounter.Kept) - _then[KeptThen] + copies;
        if (all >= FewKept && copies * CopyShare < all)
        {
            Over(Doubled, LightCode.Doubled);
        }
        else if (all >= FewKept && Is(Doubled, LightCode.Doubled, now))
        {
            Tell(Doubled, now);
            _writer.Number(MessageWord.Share, copies * 100 / all);
            End(Doubled);
        }
    }

    // Where no frame can be read, or none is a host's, that none is of the site is no news.
    private void JudgeHome(long now)
    {
        if (_hasHome)
        {
            IsHome = true;
            NoteHome(now);
            Over(Foreign, LightCode.Foreign);
        }
        else if (now - _homeAt >= Absence && _strangers >= FewFrames && (_told & ((1 << NoMirror) | (1 << Unreadable))) == 0
            && Is(Foreign, LightCode.Foreign, now))
        {
            Tell(Foreign, now);
            _writer.Number(MessageWord.Frames, _strangers);
            End(Foreign);
        }
    }

    private void JudgeOwn(long now)
    {
        if (_isOwnSeen)
        {
            _isOwnSeen = false;
            _ownAt = now;
        }

        if (now - _ownAt >= OwnTime)
        {
            _own = 0;
            Over(OwnUplink, LightCode.OwnUplink);
        }
        else if (_own >= FewOwn && Is(OwnUplink, LightCode.OwnUplink, now))
        {
            Tell(OwnUplink, now);
            _writer.Number(MessageWord.Frames, _own);
            End(OwnUplink);
        }
    }

    // A port of a mirror's destination has a link and gives nobody an address, and an ordinary port shows no conversation: both at once
    // are swapped cables; an uplink without a link is in no port at all. It has no light of its own, since both have theirs; the
    // message arrives when they are put right.
    private void JudgeCables(long now)
    {
        // Asked only when it matters: on the device each look at the uplink takes memory.
        if (!IsTold(NoMirror) || _uplink.IsLinkUp() || !_uplink.HasCarrier())
        {
            _uplinkAt = now;
        }

        bool isSwapped = IsTold(NoMirror) && now - _uplinkAt >= Absence;
        if (isSwapped != _isSwapped)
        {
            _isSwapped = isSwapped;
            Begin(isSwapped ? MessageWord.Swapped : MessageWord.NotSwapped, isSwapped ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            End(isSwapped ? SaySwapped : SayNotSwapped);
        }
    }

    // The fault is there; true when that is to be told.
    private bool Is(int fault, int code, long now)
    {
        _light.Set(code, true);
        if (IsTold(fault))
        {
            return now - _toldAt[fault] >= Day;
        }

        if (_since[fault] == 0)
        {
            _since[fault] = now;
        }

        if (now - _toldAt[fault] >= Day)
        {
            _patience[fault] = 0;
        }

        return now - _since[fault] >= _patience[fault] * Second;
    }

    // The light does not wait for the patience of messages: whoever mends the mirror stands before it.
    private void Over(int fault, int code)
    {
        _light.Set(code, false);
        _since[fault] = 0;
        if (IsTold(fault))
        {
            _told &= ~(1 << fault);
            Begin(MessageWord.Mirrored + fault, SyslogSeverity.Notice);
            Insist(fault);
            End(SayOver + fault);
        }
    }

    private void Tell(int fault, long now)
    {
        if (!IsTold(fault))
        {
            _patience[fault] = _patience[fault] == 0 ? FirstPatience : _patience[fault] * PatienceGrowth;
        }

        _told |= 1 << fault;
        _toldAt[fault] = now;
        Begin(MessageWord.NoMirror + fault, SyslogSeverity.Warning);
        Insist(fault);
    }

    // While answers are not judged the alerts of a replay say too little by themselves.
    private void Insist(int fault)
    {
        if (fault == OneSided)
        {
            _writer.Insist();
        }
    }

    private void Begin(int state, int severity)
    {
        _writer.Begin(MessageWord.Health, severity);
        _writer.Word(MessageWord.Part, MessageWord.Mirror);
        _writer.Word(MessageWord.State, state);
    }

    private void End(int sentence)
    {
        _writer.Meta();
        _writer.Say(_sentences, sentence);
        _writer.Send();
    }

    private void TellType(int type)
    {
        int name = type switch
        {
            0x88e5 => NameMacSec,
            0x8903 => NameFabricPath,
            0x001b => NameDsa,
            0x88e7 => NamePbb,
            0x22f3 => NameTrill,
            0x8847 or 0x8848 => NameMpls,
            0x88be or 0x22eb => NameErspan,
            _ => 0,
        };
        if (name == 0)
        {
            _writer.EtherType(MessageWord.Type, type);
        }
        else
        {
            _writer.Word(MessageWord.Type, _sentences, name);
        }
    }
}
