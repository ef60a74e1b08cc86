using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// A test on public captures, which are too large and too variously licensed for the repository. They are looked for in
/// <c>shared/captures</c> beside the repository or above it, or where the environment variable APPLIANCE_CAPTURES says.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
internal sealed class NeedsPublicCapturesAttribute : ConditionBaseAttribute
{
    public NeedsPublicCapturesAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "needs the public captures (shared/captures beside the repository, or APPLIANCE_CAPTURES)";
    }

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    public override string GroupName => nameof(NeedsPublicCapturesAttribute);

    public override bool IsConditionMet => Folder is not null;

    /// <summary>The captures of one of its folders.</summary>
    public static IReadOnlyList<string> In(string name)
    {
        return [.. Directory.GetFiles(Path.Combine(Folder!, name)).Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("APPLIANCE_CAPTURES") is { Length: > 0 } given)
        {
            return given;
        }

        for (string? folder = Path.GetDirectoryName(Repository.Root); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, "shared", "captures");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
