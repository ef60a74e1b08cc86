using System;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.SignatureTool;

namespace Appliance.Bench;

/// <summary>The signature tables that the bench measures with.</summary>
internal static class BenchTable
{
    /// <summary>The shipped rules, for the bench's site.</summary>
    /// <exception cref="InvalidDataException">They do not compile; the message has the compiler's.</exception>
    public static byte[] Shipped() => Compile(RuleText());

    /// <summary>The shipped rules, for the bench's site, as boards without external memory have them: nothing is asked for that
    /// there are no eyes for.</summary>
    public static byte[] ShippedForSmallBoards()
    {
        string site = Path.Combine(AppContext.BaseDirectory, "tables", "bench.toml");
        string text = File.ReadAllText(site).Replace("[site]", "[site]\nboard = \"wt32-eth01\"", StringComparison.Ordinal);
        return Compile(RuleText(), (site, text));
    }

    /// <summary>The shipped rules, filled up with rules on ports of their own.</summary>
    /// <param name="signatures">How many signatures in all.</param>
    public static byte[] Filled(int signatures)
    {
        string shipped = RuleText();
        int missing = signatures - shipped.Split('\n').Count(l => l.StartsWith("alert ", StringComparison.Ordinal));
        var more = new StringBuilder(shipped);
        for (int i = 0; i < missing; i++)
        {
            more.AppendLine(
                $"alert tcp $EXTERNAL_NET any -> $HOME_NET {30000 + i} ( msg:\"Filler {i}\"; flags:S,CE; flow:stateless; priority:2; "
                + $"metadata:suspect yes; sid:{1900000 + i}; rev:1; )");
        }

        return Compile(more.ToString());
    }

    /// <summary>The shipped rules, for a site of its own.</summary>
    /// <param name="site">The site profile's text.</param>
    /// <exception cref="InvalidDataException">They do not compile; the message has the compiler's.</exception>
    public static byte[] ShippedFor(string site) => Compile(RuleText(), ("site.toml", site));

    private static string RuleText()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "tables");
        return string.Join('\n', Directory.EnumerateFiles(folder, "*.rules").Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    private static byte[] Compile(string rules)
    {
        string site = Path.Combine(AppContext.BaseDirectory, "tables", "bench.toml");
        return Compile(rules, (site, File.ReadAllText(site)));
    }

    private static byte[] Compile(string rules, (string Name, string Text) site)
    {
        CompiledTable compiled = TableCompiler.CompileText([("rules", rules)], site);
        return compiled.Table
            ?? throw new InvalidDataException("the bench's rules do not compile: " + string.Join("; ", compiled.Diagnostics));
    }
}
