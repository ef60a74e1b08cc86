using System.Collections.Generic;

namespace Appliance.Bench.Mutation;

/// <summary>What is changed, and which tests should notice.</summary>
internal sealed class MutationOptions
{
    /// <summary>Name of the assembly under test, without the ending.</summary>
    public required string Target { get; init; }

    /// <summary>Last parts of the namespaces that are changed.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>The test assemblies' files.</summary>
    public required IReadOnlyList<string> Tests { get; init; }

    /// <summary>What the place of a mutant must contain: <c>Promotion.cs</c>; empty for all.</summary>
    public string Where { get; init; } = "";

    /// <summary>Only tests whose class and method contain one of these; empty for all.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>The output of an earlier run, of whose survivors alone the sample is drawn; null for all mutants.</summary>
    public string? Again { get; init; }

    /// <summary>How many mutants are drawn.</summary>
    public int Sample { get; init; }

    /// <summary>What draws them.</summary>
    public int Seed { get; init; }

    /// <summary>Workers at a time.</summary>
    public int Jobs { get; init; }

    /// <summary>After how many minutes no further mutant is begun.</summary>
    public int Minutes { get; init; } = int.MaxValue;

    /// <summary>Milliseconds that the tests of one mutant may take, by what they took without it; fastest first.</summary>
    public long MostMilliseconds { get; init; }
}
