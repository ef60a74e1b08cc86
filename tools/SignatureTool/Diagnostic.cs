using System.Globalization;

namespace Appliance.SignatureTool;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>Worth knowing, e.g. rules that the site leaves inactive.</summary>
    Note,

    /// <summary>A rule outside the subset that was left out, as <c>--lenient</c> wants it.</summary>
    LeftOut,

    /// <summary>The table is usable, but probably not what was meant.</summary>
    Warning,

    /// <summary>No table is made.</summary>
    Error,
}

/// <summary>What is wrong in a rule file or a site profile, and where.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">The line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">The column in characters, from 1; 0 when the whole line is meant.</param>
/// <param name="Option">The rule option or the profile's key; null when none is concerned.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record Diagnostic(Severity Severity, string File, int Line, int Column, string? Option, string Message)
{
    /// <summary>What of the message other diagnostics may have too, to count them; null for all of it.</summary>
    public string? Reason { get; init; }

    /// <summary>The form that editors and terminals turn into a link: <c>file:line:column: error: option: message</c>.</summary>
    public override string ToString()
    {
        string where = Line == 0 ? File : Column == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}")
            : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
        string how = Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.LeftOut => "left out",
            _ =>
            "note"
        };
        return Option is null ? $"{where}: {how}: {Message}" : $"{where}: {how}: {Option}: {Message}";
    }
}
