namespace Appliance.Firmware.Light;

/// <summary>What the light can say, the most urgent first: of several things that are true it shows the first.</summary>
public static class LightCode
{
    /// <summary>The mirror port has transmitted: pull its cable. Steady red.</summary>
    public const int Transmitted = 0;

    /// <summary>The self-test failed, or resets don't free the receiver. White, one long and one short.</summary>
    public const int Broken = 1;

    /// <summary>Start, self-test, or a new table being tried. White, slowly pulsing.</summary>
    public const int Working = 2;

    /// <summary>A new table is in use, shown for a minute. Blue, blinking twice.</summary>
    public const int TableAccepted = 3;

    /// <summary>A new table was refused, shown for ten minutes; the log has the reason. Blue, blinking three times.</summary>
    public const int TableRefused = 4;

    /// <summary>The box has no keys: it was not provisioned. Blue, blinking five times.</summary>
    public const int NoKeys = 5;

    /// <summary>The mirror port's link comes and goes: cable or switch. White, one long and five short.</summary>
    public const int Flapping = 6;

    /// <summary>A link and no frames: the switch mirrors nothing, or nothing any more. White, blinking three times.</summary>
    public const int NoFrames = 7;

    /// <summary>No frames between hosts: an ordinary port. White, two long and one short.</summary>
    public const int OrdinaryPort = 8;

    /// <summary>Most frames are of an encapsulation that can't be read. White, two long and two short.</summary>
    public const int Unreadable = 9;

    /// <summary>No frame of the site's home network. White, two long and three short.</summary>
    public const int Foreign = 10;

    /// <summary>The switch mirrors one direction only. White, one long and three short.</summary>
    public const int OneSided = 11;

    /// <summary>Some conversations show one side only. White, two long and five short.</summary>
    public const int Partial = 12;

    /// <summary>Most frames come more than once. White, two long and four short.</summary>
    public const int Doubled = 13;

    /// <summary>The mirror shows what the box's own uplink sends. White, two long and six short.</summary>
    public const int OwnUplink = 14;

    /// <summary>No link, or no address, on the uplink. White, blinking four times.</summary>
    public const int NoUplink = 15;

    /// <summary>The collector can't be reached, or the table names none. White, blinking five times.</summary>
    public const int NoCollector = 16;

    /// <summary>No link on the mirror port: cable or switch. White, blinking twice. Behind the uplink's two: while nobody can be
    /// told anything MIRROR may be empty, at an installation on purpose.</summary>
    public const int NoMirror = 17;

    /// <summary>Frames are lost: the switch mirrors more than the box can take. White, one long and four short.</summary>
    public const int Losing = 18;

    /// <summary>More happens than a detector can remember: its silence means nothing. White, one long and six short.</summary>
    public const int Blind = 19;

    /// <summary>The supply voltage fell and the box started again; shown for a day. White, one long and two short.</summary>
    public const int WeakSupply = 20;

    /// <summary>The time of day is not known: no time server, or no answer from it. White, blinking six times.</summary>
    public const int NoTime = 21;

    /// <summary>The storage fails, or no table of it can be used. Steady yellow.</summary>
    public const int NoStorage = 22;

    /// <summary>An incident of high or critical severity was told in the last ten minutes. Steady blue.</summary>
    public const int Incident = 23;

    /// <summary>The table in use is old by its own date. Blue, blinking four times.</summary>
    public const int TableOld = 24;

    /// <summary>All is well. Steady green.</summary>
    public const int Well = 25;

    /// <summary>How many codes there are.</summary>
    public const int Count = 26;
}
