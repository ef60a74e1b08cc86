using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Rules;

/// <summary>The short names that the device's table holds, in the place of a message.</summary>
internal static class RuleName
{
    // What is left of Western European letters in ASCII; anything else that is not ASCII is left out.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝß";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyyAAAAAACEEEEIIIINOOOOOOUUUUYs";

    /// <summary>A text needs no escape in an alert: printable ASCII without <c>"</c>, <c>\</c> and <c>]</c>.</summary>
    /// <param name="text">The text.</param>
    public static bool IsClean(string text)
    {
        return text.All(c => c is >= ' ' and <= '~' and not ('"' or '\\' or ']'));
    }

    /// <summary>Makes a name of a message: cleaned, and cut where a word ends when that keeps most of it.</summary>
    /// <param name="message">The rule's message.</param>
    /// <param name="gid">Its gid, for a rule without a message.</param>
    /// <param name="sid">Its sid.</param>
    public static string Of(string message, int gid, int sid)
    {
        var clean = new StringBuilder();
        foreach (char given in message)
        {
            int accented = Accented.IndexOf(given, StringComparison.Ordinal);
            char c = accented < 0 ? given : Plain[accented];
            if (c is >= ' ' and <= '~')
            {
                char kept = c is '"' or '\\' ? '\'' : c == ']' ? ')' : c == '[' ? '(' : c;
                if (kept != ' ' || (clean.Length > 0 && clean[^1] != ' '))
                {
                    clean.Append(kept);
                }
            }
        }

        string name = clean.ToString().Trim();
        if (name.Length == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{gid}:{sid}");
        }

        if (name.Length <= TableFormat.MostName)
        {
            return name;
        }

        int blank = name.LastIndexOf(' ', TableFormat.MostName);
        return (blank >= TableFormat.MostName / 2 ? name[..blank] : name[..TableFormat.MostName]).TrimEnd(' ', ',', ';', ':', '-', '(');
    }
}
