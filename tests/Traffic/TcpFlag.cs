using System;

namespace Appliance.Traffic;

/// <summary>TCP flags as Snort writes them: F S R P A U E C.</summary>
public static class TcpFlag
{
    private const string Letters = "FSRPAUEC";

    /// <summary>The flag octet.</summary>
    /// <param name="letters">Letters in any order; empty for none.</param>
    /// <returns>The octet (RFC 9293, 3.1).</returns>
    /// <exception cref="ArgumentException">A letter is no flag.</exception>
    public static int Parse(string letters)
    {
        int flags = 0;
        foreach (char letter in letters)
        {
            int bit = Letters.IndexOf(letter, StringComparison.Ordinal);
            flags |= bit >= 0 ? 1 << bit : throw new ArgumentException($"'{letter}' in '{letters}' is no TCP flag of {Letters}");
        }

        return flags;
    }
}
