using System.Collections.Generic;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>The newest line of each incident, by box, boot and number, and of each host of an inventory.</summary>
internal sealed class LineLog
{
    private readonly Dictionary<(string Host, long? Boot, long Id), AlertLine> _newest = [];

    private readonly Dictionary<(string Box, string Host), AlertLine> _hosts = [];

    /// <summary>The newest line of each host of an inventory.</summary>
    public IReadOnlyCollection<AlertLine> Hosts => _hosts.Values;

    /// <summary>Lines of boxes.</summary>
    public int Read { get; private set; }

    /// <summary>Lines that are none, or can't be read.</summary>
    public int Unread { get; private set; }

    /// <summary>The newest lines.</summary>
    public IEnumerable<AlertLine> Newest => _newest.Values;

    /// <summary>Takes a file of lines in.</summary>
    /// <exception cref="LogException">It can't be read.</exception>
    public void Take(string path)
    {
        using LogFile file = LogFile.Open(path);
        while (file.Read(out System.ReadOnlySpan<byte> octets))
        {
            if (LogForm.Read(octets, out Unread why) is not { } line)
            {
                Unread += why == Playback.Alerts.Unread.Empty ? 0 : 1;
                continue;
            }

            Read++;
            if (line.IsIncident && line.Number("id") > 0)
            {
                var key = (line.HostName, line.Boot, line.Number("id"));
                bool isOlder = _newest.TryGetValue(key, out AlertLine? known) && known.Sequence > line.Sequence;
                _newest[key] = isOlder ? known! : line;
            }
            else if (line.Kind == "inventory" && line["address"].Length > 0)
            {
                var key = (line.HostName, line["address"]);
                bool isOlder = _hosts.TryGetValue(key, out AlertLine? known) && known.Time > line.Time;
                _hosts[key] = isOlder ? known! : line;
            }
        }
    }
}
