using System;
using System.Collections.Generic;
using System.Text;

namespace Appliance.SignatureTool.Rules;

/// <summary>Texts in quotation marks: escapes, and the octets of a content.</summary>
internal static class RuleText
{
    /// <summary>Takes the backslashes out of a text, as Snort 3's reader does.</summary>
    /// <param name="raw">What stands between the quotation marks.</param>
    public static string Unescape(string raw)
    {
        var text = new StringBuilder();
        foreach ((char c, _) in Characters(raw))
        {
            text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>The octets of a content: characters, and pairs of hexadecimal digits between <c>|</c>.</summary>
    /// <param name="raw">What stands between the quotation marks.</param>
    /// <param name="wrong">Where it is wrong, counted from its first character.</param>
    /// <param name="problem">What is wrong.</param>
    public static List<byte>? Octets(string raw, out int wrong, out string problem)
    {
        var octets = new List<byte>();
        bool hex = false;
        int digits = 0;
        int value = 0;
        wrong = 0;
        problem = "";
        foreach ((char c, int at) in Characters(raw))
        {
            wrong = at;
            if (!hex)
            {
                if (c == '|')
                {
                    hex = true;
                    digits = 0;
                    value = 0;
                }
                else if (c > 255)
                {
                    problem = $"'{c}' is no octet; write it as UTF-8 between '|'";
                    return null;
                }
                else if (c > 127)
                {
                    // Snort sees the octets of the file, which is UTF-8.
                    octets.AddRange(Encoding.UTF8.GetBytes([c]));
                }
                else
                {
                    octets.Add((byte)c);
                }
            }
            else if (c == '|' || char.IsWhiteSpace(c))
            {
                if (digits > 0)
                {
                    octets.Add((byte)value);
                }

                digits = 0;
                value = 0;
                hex = c != '|';
            }
            else if (!Uri.IsHexDigit(c))
            {
                problem = $"'{c}' is no hexadecimal digit; between '|' stand octets as |0d 0a|";
                return null;
            }
            else
            {
                if (digits == 2)
                {
                    octets.Add((byte)value);
                    digits = 0;
                    value = 0;
                }

                value = (value << 4) | Convert.ToInt32(c.ToString(), 16);
                digits++;
            }
        }

        wrong = 0;
        if (hex)
        {
            problem = "a '|' is missing behind the hexadecimal digits";
            return null;
        }

        if (octets.Count is 0 or > 255)
        {
            problem = octets.Count == 0 ? "is empty" : "has more than 255 octets";
            return null;
        }

        return octets;
    }

    // The characters that are meant, and where each stands.
    private static IEnumerable<(char Character, int At)> Characters(string raw)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                yield return (raw[i], i);
                continue;
            }

            int at = i++;
            if (raw[i] == 'x' && i + 1 < raw.Length && Uri.IsHexDigit(raw[i + 1]))
            {
                int many = i + 2 < raw.Length && Uri.IsHexDigit(raw[i + 2]) ? 2 : 1;
                yield return ((char)Convert.ToInt32(raw.Substring(i + 1, many), 16), at);
                i += many;
                continue;
            }

            yield return (raw[i] switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                char c => c,
            }, at);
        }
    }
}
