using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>Whatever a page names is there: pages, headings, files, folders.</summary>
[TestClass]
public sealed partial class LinkTests
{
    [TestMethod]
    public void EachLinkLeadsSomewhere()
    {
        List<string> broken = [];
        int count = 0;
        foreach (Page page in Page.All)
        {
            foreach (string url in page.Links.Select(l => l.Url!).Where(u => !u.Contains("://", StringComparison.Ordinal)))
            {
                count++;
                string[] parts = url.Split('#', 2);
                string target = parts[0].Length == 0 ? page.Path
                    : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, Uri.UnescapeDataString(parts[0])));
                if (!Path.Exists(target))
                {
                    broken.Add($"{page.Name}: {url}: there is no such file");
                }
                else if (parts.Length == 2 && !new Page(target).Anchors.Contains(parts[1]))
                {
                    broken.Add($"{page.Name}: {url}: the page has no such heading");
                }
            }
        }

        Assert.IsGreaterThan(80, count, "links were not found");
        Assert.AreEqual("", string.Join('\n', broken));
    }

    [TestMethod]
    public void EachFileThatIsNamedIsThere()
    {
        List<string> stale = [];
        int count = 0;
        foreach (Page page in Page.All)
        {
            foreach (string name in page.Codes.Select(c => c.Content)
                .Where(c => PathPattern().IsMatch(c) && !c.Contains("BOARD", StringComparison.Ordinal)))
            {
                count++;
                if (!Candidates(page, name).Any(Path.Exists))
                {
                    stale.Add($"{page.Name}: `{name}`");
                }
            }
        }

        Assert.IsGreaterThan(60, count, "names of files were not found");
        Assert.AreEqual("", string.Join('\n', stale), "neither below the root nor beside the page");
    }

    [TestMethod]
    public void EachSourceThatIsNamedAloneIsThere()
    {
        HashSet<string> names = [.. new[] { "*.cs", "*.cpp", "*.h" }
            .SelectMany(p => Directory.EnumerateFiles(Repository.Root, p, SearchOption.AllDirectories)).Select(f => Path.GetFileName(f))];
        string[] stale = [.. Page.All.SelectMany(page => page.Codes.Select(c => c.Content)
            .Where(c => SourceName().IsMatch(c) && !c.Contains("NN", StringComparison.Ordinal) && !names.Contains(c))
            .Select(c => $"{page.Name}: `{c}`"))];
        Assert.AreEqual("", string.Join('\n', stale), "no file of that name anywhere");
    }

    /// <summary>A page of a room names files as they stand in the room, or from the root.</summary>
    private static IEnumerable<string> Candidates(Page page, string name)
    {
        yield return Repository.PathOf(name);
        // The hook's page names its sources without the folder that holds them all, a pair of header and source by their common
        // name.
        yield return Repository.PathOf("hardware", "mirror-port", "native", name);
        yield return Repository.PathOf("hardware", "mirror-port", "native", name + ".cpp");
        for (string? folder = Path.GetDirectoryName(page.Path); folder is not null && folder.Length >= Repository.Root.Length;
            folder = Path.GetDirectoryName(folder))
        {
            yield return Path.GetFullPath(Path.Combine(folder, name));
        }
    }

    /// <summary>Folders and a source file or page of this repository; paths of other projects, of a box or of a machine are
    /// none.</summary>
    [GeneratedRegex(@"^(\.\./)*(firmware|hardware|tests|tools|\.github|\.ci|\.build|mirror-port|boards|native|core|chip|Road|Judging|Incidents"
        + @"|Memories|Lines|Frames|Signatures|Messages|Tables|Health|Light|Time|Device|Commands|Rules|Flashing|Report|Box)/[\w./-]*\w/?$")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^\w+\.(cs|cpp|h)$")]
    private static partial Regex SourceName();
}
