using Appliance.Sensor.Signatures;

namespace Appliance.Playback;

/// <summary>The words for the numbers of <see cref="TableProblem"/>; the device, which says the number, has no room for
/// them.</summary>
public static class TableProblemWord
{
    /// <summary>The word for a problem, as alerts and tools print it.</summary>
    /// <param name="problem">A constant of <see cref="TableProblem"/>.</param>
    public static string Of(int problem) => problem switch
    {
        TableProblem.Length => "length",
        TableProblem.Magic => "magic",
        TableProblem.Version => "version",
        TableProblem.Checksum => "checksum",
        TableProblem.Sections => "sections",
        TableProblem.Missing => "missing-section",
        TableProblem.Text => "text",
        TableProblem.Addresses => "addresses",
        TableProblem.Ports => "ports",
        TableProblem.Signature => "signature",
        TableProblem.Condition => "condition",
        TableProblem.Site => "site",
        TableProblem.Header => "header",
        TableProblem.Retired => "retired-keys",
        TableProblem.Authority => "authority",
        TableProblem.Names => "names",
        TableProblem.Box => "box",
        TableProblem.Openings => "openings",
        _ => "none",
    };
}
