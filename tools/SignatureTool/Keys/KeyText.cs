using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.SignatureTool.Keys;

/// <summary>A public key as source code, for the image that shall trust it.</summary>
internal static class KeyText
{
    private const int OctetsOfALine = 8;

    /// <summary>The languages that there are.</summary>
    public static readonly string[] Languages = ["csharp", "c"];

    /// <summary>X and Y as an array.</summary>
    /// <param name="key">The key.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static string ArrayOf(PublicKey key, string language)
    {
        IEnumerable<string> lines = key.Point.Chunk(OctetsOfALine).Select(
            line => "    " + string.Join(' ', line.Select(o => string.Create(CultureInfo.InvariantCulture, $"0x{o:x2},"))));
        string body = string.Join('\n', lines);
        return language == "c"
            ? $"/* key {key.Id}: X and Y, P-256 */\nstatic const unsigned char key_{key.Id}[{key.Point.Count}] = {{\n{body}\n}};\n"
            : $"// key {key.Id}: X and Y, P-256\nprivate static readonly byte[] Key_{key.Id} =\n{{\n{body}\n}};\n";
    }
}
