namespace Appliance.Firmware.Messages;

/// <summary>The words of the box's messages, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class MessageWord
{
    // What stands between a name and its value.
    public const int EqualsQuote = 0;

    // Kinds: MSGID, and the element's name.
    public const int Heartbeat = 1;
    public const int Health = 2;
    public const int Table = 3;

    // Names of parameters, and parts of the box.
    public const int Part = 4;
    public const int State = 5;
    public const int Boots = 6;
    public const int Frames = 7;
    public const int Kept = 8;
    public const int Lost = 9;
    public const int Missed = 10;
    public const int Evictions = 11;
    public const int TableAge = 12;
    public const int Transmitted = 13;
    public const int Dropped = 14;
    public const int Repeated = 15;
    public const int Memory = 16;
    public const int Turns = 17;
    public const int Waiting = 18;
    public const int Resets = 19;
    public const int Step = 20;
    public const int Problem = 21;
    public const int Octets = 22;
    public const int Restart = 23;
    public const int Storage = 24;
    public const int Hook = 25;
    public const int Mirror = 26;
    public const int Uplink = 27;
    public const int Clock = 28;
    public const int Collector = 29;
    public const int Light = 30;
    public const int Verdict = 31;
    public const int Reason = 32;
    public const int Sequence = 33;
    public const int Site = 34;
    public const int Key = 35;
    public const int Signatures = 36;
    public const int Source = 37;
    public const int Matched = 38;
    public const int Of = 39;
    public const int DamagedSlots = 40;
    public const int Running = 41;
    public const int Slot = 42;
    public const int Ring = 43;
    public const int Receiver = 44;
    public const int Transmitter = 45;
    public const int SelfTest = 46;

    // Values.
    public const int LinkLost = 47;
    public const int LinkUp = 48;
    public const int NoLink = 49;
    public const int Silent = 50;
    public const int Losing = 51;
    public const int KeepsUp = 52;
    public const int Reset = 53;
    public const int Unreachable = 54;
    public const int Reached = 55;
    public const int None = 56;
    public const int Known = 57;
    public const int Synchronized = 58;
    public const int Unsynchronized = 59;
    public const int Stepped = 60;
    public const int Failing = 61;
    public const int Well = 62;
    public const int Low = 63;
    public const int Sent = 64;
    public const int Passed = 65;
    public const int Failed = 66;
    public const int Named = 67;
    public const int InUse = 68;
    public const int Accepted = 69;
    public const int Refused = 70;
    public const int Unchanged = 71;
    public const int Untried = 72;
    public const int BuiltIn = 73;

    // Why the box started: RestartReason counts from the first.
    public const int Unknown = 74;
    public const int PowerOn = 75;
    public const int ResetPin = 76;
    public const int Software = 77;
    public const int Watchdog = 78;
    public const int Panic = 79;
    public const int Brownout = 80;

    // Sentences, and pieces of them.
    public const int Watching = 81;
    public const int FramesSaid = 82;
    public const int LostSaid = 83;
    public const int SayBuiltIn = 84;
    public const int SayDamaged = 85;
    public const int SayInUse = 86;

    // Names of parameters, of the native memory.
    public const int MemoryBlock = 87;
    public const int External = 88;
    public const int ExternalBlock = 89;

    // Keys, the table's age and its hash; a mirror that comes and goes.
    public const int Keys = 90;
    public const int Offered = 91;
    public const int Taken = 92;
    public const int Damaged = 93;
    public const int HasKeys = 94;
    public const int Old = 95;
    public const int TableHash = 96;
    public const int Days = 97;
    public const int Flapping = 98;
    public const int Quiet = 99;
    public const int Flaps = 100;

    // What the mirror shows, in the order of MirrorFaults, and that each of them is over; what is known of it.
    public const int NoMirror = 101;
    public const int Unreadable = 102;
    public const int Foreign = 103;
    public const int Doubled = 104;
    public const int Partial = 105;
    public const int OwnUplink = 106;
    public const int OneSided = 107;
    public const int Mirrored = 108;
    public const int Readable = 109;
    public const int Home = 110;
    public const int Single = 111;
    public const int Whole = 112;
    public const int NoOwnUplink = 113;
    public const int BothDirections = 114;
    public const int Share = 115;
    public const int Type = 116;
    public const int Unseen = 117;
    public const int MirrorFull = 118;
    public const int Copies = 119;

    /// <summary>Why keys are refused: the box has another name.</summary>
    public const int HasName = 120;

    // The check of an installation.
    public const int Installation = 121;
    public const int Found = 122;
    public const int Speed = 123;
    public const int Rate = 124;
    public const int Hosts = 125;
    public const int Missing = 126;

    /// <summary>Why keys are refused: one is no point of the curve, or stands there twice.</summary>
    public const int BadKey = 127;

    // The cables of the two sockets.
    public const int Swapped = 128;
    public const int NotSwapped = 129;

    // Those for DICOM and HL7.
    public const int Eyes = 130;

    // What a detector can't see.
    public const int Detector = 131;
    public const int Blind = 132;
    public const int Sees = 133;
    public const int Which = 134;
    public const int Why = 135;
    public const int Since = 136;
    public const int BlindWhy = 137;
    public const int BlindSince = 138;

    /// <summary>What was left out while the ring filled.</summary>
    public const int LeftOut = 139;

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        "=\"|"
        + "heartbeat|health|table|"
        + "part|state|boots|frames|kept|lost|missed|evictions|tableAge|transmitted|dropped|repeated|memory|turns|waiting|"
        + "resets|step|problem|octets|restart|storage|hook|mirror|uplink|clock|collector|light|verdict|reason|sequence|"
        + "site|key|signatures|source|matched|of|damagedSlots|running|slot|ring|receiver|transmitter|self-test|"
        + "link-lost|link-up|no-link|silent|losing|keeps-up|reset|unreachable|reached|none|known|synchronized|"
        + "unsynchronized|stepped|failing|well|low|sent|passed|failed|named|in-use|accepted|refused|unchanged|untried|"
        + "built-in|"
        + "unknown|power-on|reset-pin|software|watchdog|panic|brownout|"
        + "watching, | frames, | lost|the built-in table is in use|"
        + "the built-in table is in use, no slot can be used: flash the newest again|this table is in use|"
        + "memoryBlock|external|externalBlock|"

        + "keys|offered|taken|damaged|has-keys|old|tableHash|days|flapping|quiet|flaps|"
        + "no-mirror|unreadable|foreign|doubled|partial|own-uplink|one-sided|"
        + "mirrored|readable|home|single|whole|no-own-uplink|both-directions|share|type|unseen|mirrorFull|copies|"
        + "has-name|installation|found|speed|rate|hosts|missing|bad-key|swapped|not-swapped|eyes|"
        + "detector|blind|sees|which|why|since|blindWhy|blindSince|leftOut|";
}
