using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Messages;

/// <summary>The words of the box's messages, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class MessageWord
{
    // What every message is made of.
    public const int App = 0;
    public const int Element = 1;
    public const int EqualsQuote = 2;
    public const int TimeQuality = 3;
    public const int Meta = 4;
    public const int UpTime = 5;
    public const int EndOfElement = 6;
    public const int Minimum = 7;

    // Kinds: MSGID, and the element's name.
    public const int Heartbeat = 8;
    public const int Health = 9;
    public const int Table = 10;

    // Names of parameters, and parts of the box.
    public const int Part = 11;
    public const int State = 12;
    public const int Boots = 13;
    public const int Frames = 14;
    public const int Kept = 15;
    public const int Lost = 16;
    public const int Missed = 17;
    public const int Evictions = 18;
    public const int TableAge = 19;
    public const int Transmitted = 20;
    public const int Dropped = 21;
    public const int Repeated = 22;
    public const int Memory = 23;
    public const int Turns = 24;
    public const int Waiting = 25;
    public const int Resets = 26;
    public const int Step = 27;
    public const int Problem = 28;
    public const int Octets = 29;
    public const int Restart = 30;
    public const int Storage = 31;
    public const int Hook = 32;
    public const int Mirror = 33;
    public const int Uplink = 34;
    public const int Clock = 35;
    public const int Collector = 36;
    public const int Light = 37;
    public const int Verdict = 38;
    public const int Reason = 39;
    public const int Sequence = 40;
    public const int Site = 41;
    public const int Key = 42;
    public const int Signatures = 43;
    public const int Source = 44;
    public const int Matched = 45;
    public const int Of = 46;
    public const int DamagedSlots = 47;
    public const int Running = 48;
    public const int Slot = 49;
    public const int Ring = 50;
    public const int Receiver = 51;
    public const int Transmitter = 52;
    public const int SelfTest = 53;

    // Values.
    public const int LinkLost = 54;
    public const int LinkUp = 55;
    public const int NoLink = 56;
    public const int Silent = 57;
    public const int Losing = 58;
    public const int KeepsUp = 59;
    public const int Reset = 60;
    public const int Unreachable = 61;
    public const int Reached = 62;
    public const int None = 63;
    public const int Known = 64;
    public const int Synchronized = 65;
    public const int Unsynchronized = 66;
    public const int Stepped = 67;
    public const int Failing = 68;
    public const int Well = 69;
    public const int Low = 70;
    public const int Sent = 71;
    public const int Passed = 72;
    public const int Failed = 73;
    public const int Named = 74;
    public const int InUse = 75;
    public const int Accepted = 76;
    public const int Refused = 77;
    public const int Unchanged = 78;
    public const int Untried = 79;
    public const int BuiltIn = 80;

    // Why the box started: RestartReason counts from the first.
    public const int Unknown = 81;
    public const int PowerOn = 82;
    public const int ResetPin = 83;
    public const int Software = 84;
    public const int Watchdog = 85;
    public const int Panic = 86;
    public const int Brownout = 87;

    // Sentences, and pieces of them.
    public const int Watching = 88;
    public const int FramesSaid = 89;
    public const int LostSaid = 90;
    public const int SayBuiltIn = 91;
    public const int SayDamaged = 92;
    public const int SayInUse = 93;

    // Keys, the table's age and its hash; a mirror that comes and goes.
    public const int Keys = 94;
    public const int Offered = 95;
    public const int Taken = 96;
    public const int Damaged = 97;
    public const int HasKeys = 98;
    public const int Old = 99;
    public const int TableHash = 100;
    public const int Days = 101;
    public const int Flapping = 102;
    public const int Quiet = 103;
    public const int Flaps = 104;

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        " tap - |@" + AlertWriter.EnterpriseNumber + "|=\"|[timeQuality tzKnown=\"0\" isSynced=\"0\"]|"
        + "[meta sequenceId=\"|\" sysUpTime=\"|\"]|-9223372036854775808|"
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
        + "keys|offered|taken|damaged|has-keys|old|tableHash|days|flapping|quiet|flaps|";
}
