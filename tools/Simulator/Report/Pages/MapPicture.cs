using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>
/// The addresses of a VLAN as squares of 16 by 16, a square a /24: which were asked, which answered, at which nobody lives. Where
/// lines name a prefix only, it is shaded as covered.
/// </summary>
internal static class MapPicture
{
    /// <summary>Maps of a report, and /24s of one incident's prefix: a wider prefix says nothing of a VLAN.</summary>
    private const int MostMaps = 12;
    private const int WidestPrefix = 4 * 256;

    /// <summary>Draws the maps of each box.</summary>
    /// <param name="told">The incidents.</param>
    public static IReadOnlyList<MapModel> Of(IReadOnlyList<Story> told)
    {
        var maps = new List<MapModel>();
        foreach (IGrouping<BoxLog, Story> box in told.Where(s => !s.IsExpected).GroupBy(s => s.Box))
        {
            var states = new Dictionary<uint, (int Rank, string Class, string Word, HashSet<long> Ids)>();
            var covered = new HashSet<uint>();
            foreach (Story story in box)
            {
                Mark(story, states, covered);
            }

            foreach (uint network in states.Keys.Concat(covered).Select(a => a >> 8).Distinct().Order())
            {
                maps.Add(MapOf(network, box.Key, states, covered, Unnamed(box, network)));
            }
        }

        return [.. maps.Take(MostMaps)];
    }

    private static void Mark(Story story, Dictionary<uint, (int Rank, string Class, string Word, HashSet<long> Ids)> states,
        HashSet<uint> covered)
    {
        void Set(string address, int rank, string look, string word)
        {
            if (!Network.TryRange(address, out uint a, out uint b) || a != b)
            {
                return;
            }

            (int known, string oldLook, string oldWord, HashSet<long> ids) = states.GetValueOrDefault(a, (0, "", "", []));
            ids.Add(story.Id);
            states[a] = rank > known ? (rank, look, word, ids) : (known, oldLook, oldWord, ids);
        }

        HashSet<string> answered = story.Kind == "port-scan" ? []
            : [.. story.Facts.List("answeredBy").Concat(story.Evidence?.Answered ?? (IEnumerable<string>)[])];
        bool allAnswered = story.Facts.Number("answered") >= Math.Max(1, story.Facts.Number("dsts"));
        bool allDark = story.Facts.Number("dark") > 0 && story.Facts.Number("dark") >= story.Facts.Number("dsts");
        foreach (string target in story.Hosts.Concat(story.Evidence?.Targets ?? []))
        {
            bool isDark = allDark || story.Evidence?.Dark.Contains(target) == true;
            if (answered.Contains(target) || allAnswered)
            {
                Set(target, 3, "answered", "answered");
            }
            else
            {
                Set(target, isDark ? 1 : 2, isDark ? "dark" : "asked", isDark ? "asked, and dark" : "asked");
            }
        }

        if (Network.TryRange(story.Facts["dst"], out uint first, out uint last) && last > first && last - first < WidestPrefix
            && (ulong)story.Facts.Number("dsts") > (ulong)story.Hosts.Count)
        {
            for (uint a = first; a <= last; a++)
            {
                covered.Add(a);
            }
        }
    }

    // Squares are of who is named; a map that counts these only would understate what answered.
    private static string Unnamed(IEnumerable<Story> stories, uint network)
    {
        const int most = 3;
        List<(Story Story, long More)> told = [.. stories.Where(s => s.Kind != "port-scan" && Network.TryRange(s.Facts["dst"], out uint first,
            out uint last) && first >> 8 <= network && network <= last >> 8).Select(s => (s, s.Unnamed(s.AnsweredBy()))).Where(s => s.Item2 > 0)];
        return string.Concat(told.Take(most).Select(s => string.Create(CultureInfo.InvariantCulture,
            $"; {s.More} more that answered in {s.Story.Facts["dst"]} no line had room for (#{s.Story.Id})")))
            + (told.Count > most ? string.Create(CultureInfo.InvariantCulture, $"; and so of {told.Count - most} more incidents") : "");
    }

    private static MapModel MapOf(
        uint network, BoxLog box, Dictionary<uint, (int Rank, string Class, string Word, HashSet<long> Ids)> states,
            HashSet<uint> covered, string unnamed)
    {
        static string Place(uint n) => (n * 12).ToString(CultureInfo.InvariantCulture);
        List<Cell> cells = [.. states.Where(s => s.Key >> 8 == network).OrderBy(s => s.Key)
            .Select(s => new Cell(Place(s.Key & 15), Place((s.Key >> 4) & 15),
            s.Value.Class, $"{Network.Address(s.Key)}: {s.Value.Word} "
                + $"({string.Join(", ", s.Value.Ids.Order().Select(i => "#" + i.ToString(CultureInfo.InvariantCulture)))})"))];
        List<Cell> shaded = Runs(network, covered);
        int Count(string look) => cells.Count(c => c.Class == look);
        string said = $"{Count("answered")} answered, {Count("asked")} asked, {Count("dark")} dark"
            + (shaded.Count > 0 && cells.Count == 0 ? "; the lines name the prefix only, which is shaded" : "") + unnamed;
        return new MapModel(Network.Address(network << 8) + "/24", box.Host, said, shaded, cells);
    }

    /// <summary>Covered addresses as one rectangle a row of the square.</summary>
    private static List<Cell> Runs(uint network, HashSet<uint> covered)
    {
        var rows = new List<Cell>();
        for (uint row = 0; row < 16; row++)
        {
            List<uint> there = [.. Enumerable.Range(0, 16).Select(x => (uint)x)
                .Where(x => covered.Contains((network << 8) | (row << 4) | x))];
            if (there.Count > 0)
            {
                rows.Add(new Cell((there[0] * 12).ToString(CultureInfo.InvariantCulture),
                    (row * 12).ToString(CultureInfo.InvariantCulture),
                    (there.Count * 12).ToString(CultureInfo.InvariantCulture), ""));
            }
        }

        return rows;
    }
}
