using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Playback.Captures;
using Appliance.Sensor.Frames;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report;

/// <summary>
/// Looks through the captures once more for the frames behind each incident: the actor's frames to its targets at its ports,
/// between first and last seen.
/// IPv4 only, as the pictures; an incident of a flood has its first frames named.
/// </summary>
internal static class EvidenceFinder
{
    /// <summary>Incidents, targets and ranges of frames that a report names.</summary>
    private const int MostStories = 150;
    private const int MostTargets = 1024;
    private const int MostRanges = 12;

    /// <summary>Lines tell whole seconds.</summary>
    private const long Slack = 1_500_000;

    /// <summary>Finds the frames and notes them with the incidents.</summary>
    /// <param name="stories">The incidents.</param>
    /// <param name="captures">Captures that can be read again.</param>
    public static void Find(IReadOnlyList<Story> stories, IReadOnlyList<string> captures)
    {
        List<Search> searches = [.. stories.OrderByDescending(s => s.Severity).Take(MostStories).Select(Search.Of)
            .OfType<Search>()];
        if (searches.Count == 0)
        {
            return;
        }

        var speakers = new HashSet<uint>();
        foreach (string capture in captures)
        {
            Read(capture, searches, speakers);
        }

        foreach (Search search in searches)
        {
            search.Note(speakers);
        }
    }

    private static void Read(string capture, List<Search> searches, HashSet<uint> speakers)
    {
        try
        {
            using CaptureReader reader = CaptureReader.Open(capture);
            var frame = new Frame();
            string name = Path.GetFileName(capture);
            while (reader.Read())
            {
                frame.Decode(reader.Buffer, reader.At, Math.Min(reader.Captured, 128), reader.WireLength);
                if (frame.Problem != 0 || (frame.IpVersion != 4 && frame.ArpOperation == 0))
                {
                    continue;
                }

                speakers.Add((uint)frame.Source);
                foreach (Search search in searches)
                {
                    search.Look(frame, name, reader.Number, reader.Time);
                }
            }
        }
        catch (CaptureException)
        {
            // What is wrong with it was said when it was replayed.
        }
    }

    /// <summary>One incident's search.</summary>
    private sealed class Search
    {
        private readonly Story _story;
        private readonly List<(uint First, uint Last)> _sources;
        private readonly List<(uint First, uint Last)> _targets;
        private readonly HashSet<int> _ports;
        private readonly int _protocol;
        private readonly long _from;
        private readonly long _to;
        private readonly List<(string Capture, long First, long Last)> _frames = [];
        private readonly List<uint> _asked = [];
        private readonly HashSet<uint> _known = [];
        private readonly HashSet<uint> _answered = [];
        private long _more;

        private Search(Story story, List<(uint First, uint Last)> sources, List<(uint First, uint Last)> targets)
        {
            _story = story;
            _sources = sources;
            _targets = targets;
            _ports = [.. (story.Facts["dport"] is "" or "0" ? story.Facts.List("dports") : [story.Facts["dport"]])
                .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : -1)];
            _protocol = story.Facts["proto"] switch
            {
                "tcp" => IpProtocol.Tcp,
                "udp" => IpProtocol.Udp,
                "icmp" => IpProtocol.Icmp,
                _ => 0
            };
            _from = MicrosecondsOf(story.First!.Value) - Slack;
            _to = MicrosecondsOf(story.Last!.Value) + Slack;
        }

        /// <summary>Begins one; null where the incident's addresses are not IPv4 or no time is known.</summary>
        public static Search? Of(Story story)
        {
            List<(uint, uint)> sources = Ranges(story.Sources.Count > 0 ? story.Sources : [story.Facts["src"]]);
            if (story.Facts["src"].Contains('/'))
            {
                sources = Ranges([story.Facts["src"]]);
            }

            List<(uint, uint)> targets = Ranges([story.Facts["dst"]]);
            return story.First is null || story.Last is null || sources.Count == 0 || targets.Count == 0 ? null
                : new Search(story, sources, targets);
        }

        /// <summary>Looks at a frame.</summary>
        public void Look(Frame frame, string capture, long number, long time)
        {
            if (time < _from || time > _to)
            {
                return;
            }

            uint source = (uint)frame.Source;
            uint target = (uint)frame.Destination;
            if (Has(_sources, source) && Has(_targets, target) && IsOfService(frame, frame.DestinationPort))
            {
                Note(capture, number);
                if (_known.Count < MostTargets && _known.Add(target))
                {
                    _asked.Add(target);
                }
            }
            else if (_known.Contains(source) && Has(_sources, target) && IsAnswer(frame))
            {
                _answered.Add(source);
            }
        }

        /// <summary>Notes what was found.</summary>
        public void Note(HashSet<uint> speakers)
        {
            if (_frames.Count == 0)
            {
                return;
            }

            CultureInfo c = CultureInfo.InvariantCulture;
            List<string> frames = [.. _frames.GroupBy(f => f.Capture).Select(g => $"{g.Key} "
                + $"frame{(g.Count() > 1 || g.First().Last > g.First().First ? "s" : "")} "
                + string.Join(", ", g.Select(f => f.First == f.Last ? f.First.ToString(c)
                    : string.Create(c, $"{f.First}-{f.Last}"))))];
            if (_more > 0)
            {
                frames.Add(string.Create(c, $"{_more} more"));
            }

            _story.Evidence = new Evidence(frames, [.. _asked.Select(Network.Address)],
                _answered.Select(Network.Address).ToHashSet(),
                _asked.Where(a => !speakers.Contains(a)).Select(Network.Address).ToHashSet());
        }

        private bool IsOfService(Frame frame, int port)
        {
            bool isOfProtocol = _protocol == 0 || frame.Protocol == _protocol
                || (_story.Facts["proto"] == "arp" && frame.ArpOperation != 0);
            return isOfProtocol && (_ports.Count == 0 || _story.Kind == "inverse-map" || _ports.Contains(port));
        }

        /// <summary>An answer that lets somebody in: not a refusal.</summary>
        private bool IsAnswer(Frame frame) => frame.ArpOperation == 2
            || (IsOfService(frame, frame.SourcePort) && (frame.Protocol != IpProtocol.Tcp || (frame.TcpFlags & Tcp.Rst) == 0));

        private void Note(string capture, long number)
        {
            if (_frames.Count > 0 && _frames[^1].Capture == capture && _frames[^1].Last + 1 == number)
            {
                _frames[^1] = (capture, _frames[^1].First, number);
            }
            else if (_frames.Count < MostRanges)
            {
                _frames.Add((capture, number, number));
            }
            else
            {
                _more++;
            }
        }

        private static bool Has(List<(uint First, uint Last)> ranges, uint address) => ranges.Exists(r => address >= r.First
            && address <= r.Last);

        private static List<(uint, uint)> Ranges(IEnumerable<string> texts)
        {
            var ranges = new List<(uint, uint)>();
            foreach (string text in texts)
            {
                if (Network.TryRange(text, out uint first, out uint last))
                {
                    ranges.Add((first, last));
                }
            }

            return ranges;
        }

        private static long MicrosecondsOf(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch)
            .Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
