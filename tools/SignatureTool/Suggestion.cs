using System;
using System.Collections.Generic;
using System.Linq;
using F23.StringSimilarity;

namespace Appliance.SignatureTool;

/// <summary>What somebody who misspelt a word may have meant.</summary>
public static class Suggestion
{
    // A quarter of a word may be wrong, as in "flgas" or "prioritty"; beyond, the guess would surprise.
    private const int LettersForAnError = 4;

    private static readonly Damerau Distance = new();

    // The same letters in another order, as in "hoem" or "fagls": two slips, and hardly another word.
    private static bool IsJumbled(string written, string word)
    {
        return written.Length == word.Length && written.Order().SequenceEqual(word.Order());
    }

    /// <summary>The likeliest word as the end of a sentence; empty when none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="words">What is possible.</param>
    /// <param name="sign">What stands before such words, e.g. <c>$</c>.</param>
    public static string For(string word, IEnumerable<string> words, string sign = "")
    {
        string written = word.ToUpperInvariant();
        (string? best, double distance) = words.Select(w => ((string?)w, Distance.Distance(written, w.ToUpperInvariant())))
            .DefaultIfEmpty((null, double.MaxValue)).MinBy(w => w.Item2);
        return best is not null && distance <= Math.Max(IsJumbled(written, best.ToUpperInvariant()) ? 2 : 1,
            Math.Min(word.Length, best.Length) / LettersForAnError)
            ? $"; did you mean '{sign}{best}'?" : "";
    }
}
