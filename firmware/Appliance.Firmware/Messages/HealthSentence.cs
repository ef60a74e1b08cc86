namespace Appliance.Firmware.Messages;

/// <summary>Numbers of the sentences and words of <c>health</c> messages on the box and on what its mirror port shows.</summary>
public static class HealthSentence
{
    /// <summary>The mirror port's link is gone.</summary>
    public const int LinkLost = 0;

    /// <summary>The mirror port's link is back.</summary>
    public const int LinkBack = 1;

    /// <summary>There was never a frame.</summary>
    public const int Silent = 2;

    /// <summary>A silence is over.</summary>
    public const int Frames = 3;

    /// <summary>The ring was full.</summary>
    public const int Losing = 4;

    /// <summary>The MAC's buffers were full.</summary>
    public const int Burst = 5;

    /// <summary>A loss is over.</summary>
    public const int KeepsUp = 6;

    /// <summary>The receiver was reset.</summary>
    public const int Reset = 7;

    /// <summary>The uplink's link is gone.</summary>
    public const int UplinkLost = 8;

    /// <summary>The uplink's link is back.</summary>
    public const int UplinkBack = 9;

    /// <summary>The collector does not take messages.</summary>
    public const int Unreachable = 10;

    /// <summary>The collector takes messages again.</summary>
    public const int Reached = 11;

    /// <summary>There is no collector to send to.</summary>
    public const int NoCollector = 12;

    /// <summary>There is no time server to ask.</summary>
    public const int NoServer = 13;

    /// <summary>The time server is silent.</summary>
    public const int NoTime = 14;

    /// <summary>The time is known.</summary>
    public const int Synchronized = 15;

    /// <summary>The time has jumped.</summary>
    public const int Stepped = 16;

    /// <summary>A file could not be written.</summary>
    public const int Failing = 17;

    /// <summary>Files are written again.</summary>
    public const int StorageWell = 18;

    /// <summary>Native memory runs out.</summary>
    public const int Low = 19;

    /// <summary>There is native memory again.</summary>
    public const int MemoryWell = 20;

    /// <summary>The mirror port transmitted.</summary>
    public const int Sent = 21;

    /// <summary>The table's last day is over.</summary>
    public const int Old = 22;

    /// <summary>The mirror port's link falls again and again.</summary>
    public const int Flapping = 23;

    /// <summary>There were frames, and there are none.</summary>
    public const int Quiet = 24;

    /// <summary>The first fault of <c>MirrorFaults</c>; the others follow in their order.</summary>
    public const int Mirror = 25;

    /// <summary>That it is over, and the others' in their order.</summary>
    public const int MirrorOver = 32;

    /// <summary>The cable of the uplink is in the mirror port.</summary>
    public const int Swapped = 39;

    /// <summary>It is no more.</summary>
    public const int NotSwapped = 40;

    /// <summary>A word: IEEE 802.1AE.</summary>
    public const int MacSec = 41;

    /// <summary>A word: Cisco's FabricPath.</summary>
    public const int FabricPath = 42;

    /// <summary>A word: Marvell's distributed switch architecture.</summary>
    public const int Dsa = 43;

    /// <summary>A word: provider backbone bridges, IEEE 802.1ah.</summary>
    public const int Pbb = 44;

    /// <summary>A word: TRILL, RFC 6325.</summary>
    public const int Trill = 45;

    /// <summary>A word: MPLS, RFC 3032.</summary>
    public const int Mpls = 46;

    /// <summary>A word: Cisco's remote mirror, encapsulated.</summary>
    public const int Erspan = 47;

    /// <summary>The sentences in the order of their numbers, for <see cref="Phrases"/>.</summary>
    public const string Texts =
        "no link on the mirror port: look at its cable|"
        + "the mirror port has a link again|"
        + "a link and no frames for a minute: the switch mirrors nothing|"
        + "frames come again|"
        + "more frames than the box can take: some are lost|"
        + "a burst was larger than the receive buffers: some frames are lost|"
        + "no frame was lost for a minute|"
        + "the receiver had stalled and was reset|"
        + "no link on the uplink: messages wait|"
        + "the uplink has a link again|"
        + "the collector can't be reached: messages wait|"
        + "the collector is reached again|"
        + "the table names no collector|"
        + "the table names no time server|"
        + "the time server does not answer|"
        + "the time is that of the time server|"
        + "the clock was set by a step|"
        + "the storage does not keep what is written|"
        + "the storage works again|"
        + "little memory is left|"
        + "there is memory again|"
        + "the mirror port has transmitted, which it must not: take the box off the network|"
        + "the table is past its date: ask for a new one|"
        + "the mirror port's link comes and goes: replace the cable|"
        + "no frame any more: a quiet VLAN, or the mirror is gone|"
        + "no frames between hosts: an ordinary port of the switch, no mirror|"
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
        + "MIRROR and UPLINK are swapped|"
        + "the cables are right|"
        + "MACsec|FabricPath|DSA|PBB|TRILL|MPLS|ERSPAN|";
}
