using System.Collections.Generic;

namespace Appliance.Simulator.Explain;

/// <summary>Something that happened in the story.</summary>
/// <param name="Wall">When, microseconds since 1970.</param>
/// <param name="Attempt">The attempt that was judged; null where something else happened.</param>
/// <param name="What">What happened, or how the attempt was weighed.</param>
internal sealed record Step(long Wall, Attempt? Attempt, string What)
{
    /// <summary>What an attempt did that joined an open incident without waiting for its outcome.</summary>
    public const string Joined = "joined";

    /// <summary>What it changed, in words.</summary>
    public List<string> Effects { get; } = [];

    /// <summary>Whether the next step only says the same of another target.</summary>
    public bool IsLike(Step next) => Attempt is not null && next.Attempt is not null && Effects.Count == 0 && next.Effects.Count == 0
        && Attempt.Service == next.Attempt.Service && Attempt.Outcome == next.Attempt.Outcome && What == next.What;
}
