using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Appliance.Notices;

/// <summary>The page of third parties' notices.</summary>
public static class NoticePage
{
    // What is handed out: the two tools, and the device's image. Packages of tests and of the build go to nobody.
    private static readonly string[] HandedOut = ["SignatureTool", "Simulator"];

    /// <summary>Where the page stands.</summary>
    /// <param name="root">The repository's root.</param>
    /// <returns>Its path.</returns>
    public static string PathIn(string root) => Path.Combine(root, ".github", "NOTICES.md");

    /// <summary>Writes the page.</summary>
    /// <param name="root">The repository's root; its packages are restored.</param>
    /// <returns>Its text.</returns>
    /// <exception cref="InvalidDataException">A package is not restored, or does not say its licence.</exception>
    public static string Write(string root)
    {
        var text = new StringBuilder("""
            # Notices of third parties

            <!-- Made by tools/Notices from what is referenced; don't edit. -->

            The project itself: MIT, [LICENSE](../LICENSE). What follows is others' and goes along with its programs and images. Made by
            `dotnet run --project tools/Notices -- .` from the lock files, the packages' own descriptions and the device's bill of materials.


            """.ReplaceLineEndings("\n"));
        List<Part> tools = [.. HandedOut.SelectMany(name => Part.OfProject(Path.Combine(root, "tools", name))).Distinct().OrderBy(p => p.Name)];
        List<Part> device = [.. Part.OfBill(Path.Combine(root, ".github", "sbom", "device.cdx.json"))];
        text.Append("## With tapsim and sigtab\n\n| package | version | licence | rights | from |\n|---|---|---|---|---|\n");
        foreach (Part part in tools)
        {
            text.Append($"| {part.Name} | {part.Version} | {part.License} | {part.Holder} | {part.Place} |\n");
        }

        text.Append("\nA single file of these programs contains the .NET runtime as well: MIT, .NET Foundation and contributors,\n"
            + "https://github.com/dotnet/runtime/blob/main/THIRD-PARTY-NOTICES.TXT.\n"
            + "\n## With the device's image\n\n| part | version or commit | licence | from |\n|---|---|---|---|\n");
        foreach (Part part in device)
        {
            text.Append($"| {part.Name} | {part.Version} | {part.License} | {part.Place} |\n");
        }

        text.Append("\n## Texts of the licences\n\nWho hands out a program or an image adds these texts and the parts' own notices:\n\n");
        IEnumerable<string> licenses = tools.Concat(device).SelectMany(p => p.License.Split([", ", " OR "], System.StringSplitOptions.None));
        foreach (string license in licenses.Distinct().Order(System.StringComparer.Ordinal))
        {
            text.Append($"- {license}: https://spdx.org/licenses/{license}.html\n");
        }

        return text.ToString();
    }
}
