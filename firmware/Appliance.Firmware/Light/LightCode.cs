namespace Appliance.Firmware.Light;

/// <summary>What the light can say, the most urgent first: of several things that are true it shows the first.</summary>
public static class LightCode
{
    /// <summary>The box itself is broken: send it in. Steady red.</summary>
    public const int Broken = 0;

    /// <summary>Start, self-test, or a new table being tried. White, slowly pulsing.</summary>
    public const int Working = 1;

    /// <summary>A new table is in use, shown for a minute. Blue, blinking twice.</summary>
    public const int TableAccepted = 2;

    /// <summary>A new table was refused, shown for ten minutes; the log has the reason. Blue, blinking three times.</summary>
    public const int TableRefused = 3;

    /// <summary>No link on the mirror port: cable or switch. White, blinking twice.</summary>
    public const int NoMirror = 4;

    /// <summary>A link and no frames: the switch mirrors nothing. White, blinking three times.</summary>
    public const int NoFrames = 5;

    /// <summary>No link, or no address, on the uplink. White, blinking four times.</summary>
    public const int NoUplink = 6;

    /// <summary>The collector can't be reached, or the table names none. White, blinking five times.</summary>
    public const int NoCollector = 7;

    /// <summary>The time of day is not known: no time server, or no answer from it. White, blinking six times.</summary>
    public const int NoTime = 8;

    /// <summary>The storage fails, or no table of it can be used. Steady yellow.</summary>
    public const int NoStorage = 9;

    /// <summary>An incident of high or critical severity was told in the last ten minutes. Steady blue.</summary>
    public const int Incident = 10;

    /// <summary>All is well. Steady green.</summary>
    public const int Well = 11;

    /// <summary>How many codes there are.</summary>
    public const int Count = 12;
}
