using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Traffic;

/// <summary>
/// A test that needs a program of the machine, such as tshark. Where it is absent the test is skipped with that reason; where
/// the environment variable <c>CI</c> is <c>true</c> it runs all the same and fails, since a skip there would hide a missing
/// install step.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class NeedsToolAttribute : ConditionBaseAttribute
{
    /// <summary>Makes the condition.</summary>
    /// <param name="tool">The program's file name, looked up on PATH and in the two sbin folders.</param>
    public NeedsToolAttribute(string tool)
        : base(ConditionMode.Include)
    {
        Tool = tool;
        IgnoreMessage = $"needs '{tool}', which is not installed on this machine";
    }

    /// <summary>The program's file name.</summary>
    public string Tool { get; }

    /// <inheritdoc/>
    public override string GroupName => "NeedsTool:" + Tool;

    /// <inheritdoc/>
    public override bool IsConditionMet => IsCi || Find(Tool) is not null;

    /// <summary>Nothing that is absent may be skipped here.</summary>
    public static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true",
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a program is.</summary>
    /// <param name="tool">Its file name.</param>
    /// <returns>Its full path; null when it is on neither PATH nor in /usr/sbin or /sbin, where daemons stand.</returns>
    public static string? Find(string tool)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        foreach (string folder in (path + Path.PathSeparator + "/usr/sbin" + Path.PathSeparator + "/sbin")
            .Split(Path.PathSeparator))
        {
            string candidate = Path.Combine(folder, tool);
            // A file that nobody may execute is passed over, as a shell does.
            if (folder.Length > 0 && File.Exists(candidate) && (OperatingSystem.IsWindows()
                || (File.GetUnixFileMode(candidate) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0))
            {
                return candidate;
            }
        }

        return null;
    }
}
