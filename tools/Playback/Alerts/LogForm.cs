using System;
using System.Text;

namespace Appliance.Playback.Alerts;

/// <summary>
/// The forms in which collectors keep a box's line: RFC 5424 as it came (also with an octet count before it, or behind what a
/// relay wrote), RFC 5424 without PRI, and JSON.
/// </summary>
public static class LogForm
{
    private static readonly string[] Elements = ["[incident@", "[heartbeat@", "[health@", "[table@", "[inventory@"];

    /// <summary>Reads a line.</summary>
    /// <param name="octets">The line.</param>
    /// <param name="why">Why it tells nothing, or that it is cut.</param>
    /// <returns>What it tells; of a cut one as far as it goes; null when it tells nothing.</returns>
    public static AlertLine? Read(ReadOnlySpan<byte> octets, out Unread why)
    {
        octets = octets.Trim(" \t\r\0\ufeff"u8);
        why = Unread.Empty;
        if (octets.IsEmpty)
        {
            return null;
        }

        if (octets[0] == '{')
        {
            return JsonLine.Read(octets, out why);
        }

        int at = StartOf(octets);
        if (at >= 0)
        {
            return ReadMessage(octets[at..], out why);
        }

        // A template that leaves out PRI: the header begins with the time stamp.
        if (Has(octets, Elements))
        {
            string text = Encoding.UTF8.GetString(octets);
            return ReadMessage(Encoding.UTF8.GetBytes("<85>1 "
                + (text.StartsWith("1 ", StringComparison.Ordinal) ? text[2..] : text)), out why);
        }

        why = octets.IndexOf(" tap["u8) >= 0 || octets.IndexOf(" tap:"u8) >= 0 ? Unread.WithoutData : Unread.Foreign;
        return null;
    }

    /// <summary>Reads an RFC 5424 message.</summary>
    /// <param name="octets">The message.</param>
    /// <param name="why">Why it tells nothing, or that it is cut.</param>
    public static AlertLine? ReadMessage(ReadOnlySpan<byte> octets, out Unread why)
    {
        AlertLine? line = AlertLine.Read(octets, out string? problem);
        why = Unread.None;
        if (line is { IsOwn: true })
        {
            why = problem is null ? Unread.None : Unread.Cut;
            return line;
        }

        bool isOfBox = line is not null ? line.Program == AlertLine.Application : octets.IndexOf(" tap "u8) >= 0
            || octets.IndexOf(" tap["u8) >= 0;
        why = !isOfBox ? Unread.Foreign : problem is null ? Unread.WithoutData : Unread.Cut;
        return null;
    }

    /// <summary>Where <c>&lt;PRI&gt;1 </c> begins; -1 for nowhere.</summary>
    private static int StartOf(ReadOnlySpan<byte> octets)
    {
        for (int at = octets.IndexOf((byte)'<'); at >= 0 && at < octets.Length - 4;)
        {
            int digits = at + 1;
            while (digits < octets.Length && digits - at <= 3 && octets[digits] is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
            }

            if (digits > at + 1 && octets[digits..].StartsWith(">1 "u8))
            {
                return at;
            }

            int next = octets[(at + 1)..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    private static bool Has(ReadOnlySpan<byte> octets, string[] words)
    {
        Span<byte> word = stackalloc byte[16];
        foreach (string text in words)
        {
            if (octets.IndexOf(word[..Encoding.ASCII.GetBytes(text, word)]) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
