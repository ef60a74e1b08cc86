namespace Appliance.Sensor.Lines;

/// <summary>Syslog's severities (RFC 5424 section 6.2.1), as far as the box uses them; a lower number is worse.</summary>
public static class SyslogSeverity
{
    /// <summary>An incident of severity 5.</summary>
    public const int Critical = 2;

    /// <summary>Something of the box has failed, or an incident of severity 4.</summary>
    public const int Error = 3;

    /// <summary>A technician is needed, or somebody is to be asked.</summary>
    public const int Warning = 4;

    /// <summary>Worth knowing.</summary>
    public const int Notice = 5;

    /// <summary>Ordinary.</summary>
    public const int Informational = 6;

    /// <summary>The severity of an incident's line.</summary>
    /// <param name="severity">The incident's, 1 (info) to 5 (critical).</param>
    public static int OfIncident(int severity)
    {
        return Informational + 1 - severity;
    }
}
