using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.Simulator.Explain;

/// <summary>The story as text, a step a line; steps that say the same of other targets stand in one.</summary>
internal static class StoryText
{
    /// <summary>Lines that a person reads; the middle of a longer story is left out unless all of it is asked for.</summary>
    private const int MostFirst = 40;
    private const int MostLast = 20;

    /// <summary>Writes the story.</summary>
    /// <param name="steps">What happened.</param>
    /// <param name="isOfTarget">Which attempts are of interest.</param>
    /// <param name="isWhole">Nothing is left out.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Step> steps, Func<Attempt, bool> isOfTarget, bool isWhole)
    {
        List<string> lines = [];
        Step[] chosen = [.. steps.Where(s => s.Attempt is null || isOfTarget(s.Attempt))];
        for (int i = 0; i < chosen.Length;)
        {
            int end = i + 1;
            while (end < chosen.Length && (chosen[i].IsLike(chosen[end]) || (IsJoin(chosen[i]) && IsJoin(chosen[end]))))
            {
                end++;
            }

            lines.AddRange(Lines(chosen[i..end]));
            i = end;
        }

        if (isWhole || lines.Count <= MostFirst + MostLast)
        {
            return lines;
        }

        string gap = string.Create(CultureInfo.InvariantCulture,
            $"    ... {lines.Count - MostFirst - MostLast:N0} lines more; --all has them ...");
        return [.. lines.Take(MostFirst), gap, .. lines.Skip(lines.Count - MostLast)];
    }

    private static bool IsJoin(Step step) => step.Attempt is null && step.What == Step.Joined;

    private static IEnumerable<string> Lines(Step[] run)
    {
        Step first = run[0];
        CultureInfo c = CultureInfo.InvariantCulture;
        if (IsJoin(first))
        {
            yield return string.Create(c, $"{Time(first.Wall)}  {run.Length:N0} further attempts joined the incident at once{Until(run)}");
            yield break;
        }

        if (first.Attempt is not { } attempt)
        {
            yield return $"{Time(first.Wall)}  {first.What}";
        }
        else if (run.Length == 1)
        {
            yield return string.Create(c, $"{Time(first.Wall)}  frame {attempt.Frame}: {attempt.Service} of {attempt.TargetText}: ")
                + $"{ServiceWord.OutcomeOf(attempt.Outcome)}; {first.What}";
        }
        else
        {
            int hosts = run.Select(s => s.Attempt!.Target).Distinct().Count();
            string whom = hosts == 1 ? attempt.TargetText : string.Create(c, $"{hosts:N0} hosts");
            yield return string.Create(c, $"{Time(first.Wall)}  {run.Length:N0} attempts at {attempt.Service} of {whom}{Until(run)}: each ")
                + $"{ServiceWord.OutcomeOf(attempt.Outcome)}; {first.What}";
        }

        foreach (string effect in run.SelectMany(s => s.Effects))
        {
            yield return $"    {effect}";
        }
    }

    private static string Until(Step[] run) => run[^1].Wall == run[0].Wall ? "" : $", until {Time(run[^1].Wall)}";

    private static string Time(long wall) =>
        DateTimeOffset.UnixEpoch.AddTicks(wall * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.fff",
            CultureInfo.InvariantCulture);
}
