using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Imaging.Stories;

/// <summary>
/// Writes the line of a story: the parameters of the sensor's alerts in their order, and a sentence for a person. Of what hosts
/// say of themselves nothing stands in it but names that were made safe.
/// </summary>
public sealed class StoryLine
{
    /// <summary>First line of a story.</summary>
    public const int StateOpen = 0;

    /// <summary>It grew.</summary>
    public const int StateUpdate = 1;

    /// <summary>Its final counts; the number between is that of stories that are folded, which these are not.</summary>
    public const int StateClosed = 3;

    // Nmap among the tools of AlertWord.
    private const int NmapTool = 2;

    private const int Second = 100;

    private readonly StoryTable _stories;
    private readonly SyslogLine _line;
    private readonly LineBuffer _text;
    private readonly Words _words = new Words(StoryWord.Texts);
    private SignatureTable _table;

    /// <summary>To be added to a stamp to get Unix time, microseconds; <see cref="SyslogLine.NoTime"/> when nobody
    /// knows.</summary>
    public long Offset = SyslogLine.NoTime;

    /// <summary>Writes what is known of a host.</summary>
    public readonly SiteLine Site;

    /// <summary>The line last written.</summary>
    public readonly byte[] Buffer;

    /// <summary>Makes a writer.</summary>
    /// <param name="stories">The stories.</param>
    /// <param name="line">The sensor's line: only one is written at a time.</param>
    /// <param name="table">The table that names are read from.</param>
    /// <param name="inventory">Who lives in the imaging network.</param>
    public StoryLine(StoryTable stories, SyslogLine line, SignatureTable table, Inventory inventory)
    {
        Site = new SiteLine(this, line, inventory);
        _stories = stories;
        _line = line;
        _text = line.Text;
        _table = table;
        Buffer = line.Text.Bytes;
    }

    /// <summary>Takes another table; what stories know of the one before goes.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
        for (int row = 0; row < _stories.Cells.Length; row += Fact.Count)
        {
            _stories.Cells[row + Fact.Group] = -1;
            _stories.Cells[row + Fact.Expected] = -1;
        }
    }

    /// <summary>How much a story's server matters to the site, 1 to 5.</summary>
    /// <param name="row">Its record.</param>
    public int CriticalityOf(int row)
    {
        int group = _stories.Cells[row + Fact.Group];
        return group >= 0 ? _table.GroupCriticality(group) : _table.HomeCriticality;
    }

    /// <summary>The severity of a story: clamp(criticality + lethality - countermeasures, 1, 5), one more when a guess fits
    /// or a weak service crosses the boundary.</summary>
    /// <param name="row">Its record.</param>
    /// <returns>1 (info) to 5 (critical); 1 of one that the site's profile explains.</returns>
    public int SeverityOf(int row)
    {
        int[] cells = _stories.Cells;
        int reason = cells[row + Fact.Reason];
        if (cells[row + Fact.Expected] >= 0)
        {
            return 1;
        }

        int most = Reason.MostOf(reason, cells[row + Fact.IsOutside] != 0);
        int severity = CriticalityOf(row) + Reason.LethalityOf(reason) - _table.Countermeasures + RaiseOf(row);
        severity = severity < 1 ? 1 : severity;
        return severity < most ? severity : most;
    }

    /// <summary>Writes the line of a story into <see cref="Buffer"/>.</summary>
    /// <param name="row">Its record.</param>
    /// <param name="state">A constant of this class.</param>
    /// <param name="severity">1-5.</param>
    /// <param name="now">Centiseconds since the tap started: sysUpTime.</param>
    /// <returns>Octets of the line.</returns>
    public int Write(int row, int state, int severity, int now)
    {
        LineBuffer text = _text;
        int[] cells = _stories.Cells;
        int reason = cells[row + Fact.Reason];
        Begin(SyslogSeverity.OfIncident(severity), _stories.Stamps[row / Fact.Count],
            reason == Reason.Guess ? StoryWord.Guess : reason < Reason.Smb1 ? StoryWord.Caller
                : reason == Reason.NewHost ? StoryWord.NewHost : StoryWord.Weak);
        _text.PutWord(AlertWord.Id);
        text.PutNumber(cells[row + Fact.Id]);
        text.PutWord(AlertWord.FirstState + state);
        text.PutNumber(severity);
        text.PutWord(AlertWord.Sid);
        text.PutOctet('0');
        text.PutWord(AlertWord.Proto);
        text.PutWord(reason == Reason.Snmp ? AlertWord.Udp : reason == Reason.NewHost ? AlertWord.Ip : AlertWord.Tcp);
        text.PutWord(AlertWord.Src);
        PutClient(row);
        _text.PutWord(AlertWord.Srcs);
        text.PutNumber(cells[row + Fact.Sources]);
        _text.PutWord(AlertWord.Dst);
        PutAddress(row, StoryTable.AddressRoom);
        text.PutWord(AlertWord.Dsts);
        text.PutOctet('1');
        text.PutWord(AlertWord.Dport);
        text.PutNumber(cells[row + Fact.Port]);
        _text.PutWord(AlertWord.Frames);
        text.PutNumber(cells[row + Fact.Frames]);
        _text.PutWord(AlertWord.Name);
        if (reason == Reason.NewHost)
        {
            Site.PutMaker(Site.RowOf(cells[row + Fact.Client]));
        }
        else if (reason >= Reason.Smb1)
        {
            Put(StoryWord.FirstWeak + reason - Reason.Smb1);
        }
        else
        {
            PutTitle(row, reason == Reason.Guess ? StoryTable.CalledAt : StoryTable.CallingAt);
        }

        int kept = SiteLength();
        _line.Reserve(kept);
        PutFacts(row);
        _line.Reserve(-kept);
        PutSite();
        text.PutOctet('"');
        _line.PutMeta(now);
        Say(row);
        return _line.End();
    }

    /// <summary>Writes what was seen of the imaging network in a day.</summary>
    /// <param name="figures">The counts, which stay.</param>
    /// <param name="stamp">Microseconds.</param>
    /// <returns>Octets of the line.</returns>
    /// <param name="inventory">Who lives there.</param>
    /// <param name="learning">Days until newcomers are told; 0 when they are.</param>
    /// <param name="accepted">Weak services that the profile accepts: a bit a mark of the inventory.</param>
    public int WriteFigures(Figures figures, long stamp, Inventory inventory, int learning, int accepted)
    {
        LineBuffer text = _text;
        int hosts = inventory.Count();
        BeginInventory(stamp);
        Put(StoryWord.Associations);
        text.PutNumber(figures.Accepted);
        Put(StoryWord.Rejected);
        text.PutNumber(figures.Rejected);
        Put(StoryWord.Tls);
        text.PutNumber(figures.Tls);
        Put(StoryWord.Messages);
        text.PutNumber(figures.Messages);
        Put(StoryWord.Untold);
        text.PutNumber(figures.Untold);
        Put(StoryWord.Hosts);
        text.PutNumber(hosts);
        Put(StoryWord.Unlisted);
        text.PutNumber(inventory.Unlisted);
        Put(StoryWord.Learning);
        text.PutNumber(learning);
        Site.PutAccepted(accepted);
        EndElement((int)(stamp / 10000));
        Put(StoryWord.ClearSaid);
        text.PutNumber(figures.Accepted);
        Put(StoryWord.TlsSaid);
        text.PutNumber(figures.Tls);
        Put(StoryWord.MessagesSaid);
        text.PutNumber(figures.Messages);
        Put(StoryWord.HostsSaid);
        text.PutNumber(hosts);
        Site.SayAccepted(accepted);
        return _line.End();
    }

    /// <summary>Begins a line of the inventory.</summary>
    /// <param name="stamp">Microseconds.</param>
    public void BeginInventory(long stamp)
    {
        Begin(SyslogSeverity.Informational, stamp, StoryWord.Inventory);
        _line.Reserve(SiteLength());
    }

    /// <summary>Ends what a line has of parameters, with the site's tag; the sentence is to follow.</summary>
    /// <param name="upTime">Centiseconds.</param>
    public void EndElement(int upTime)
    {
        _line.Reserve(-SiteLength());
        PutSite();
        _text.PutOctet('"');
        _line.PutMeta(upTime);
    }

    private void Begin(int severity, long stamp, int kind)
    {
        _line.Begin(severity, Offset == SyslogLine.NoTime ? SyslogLine.NoTime : stamp + Offset);
        Put(kind);
        _line.PutEnterprise();
    }

    // A guess that fits, and a weak service that crosses the boundary.
    private int RaiseOf(int row)
    {
        int[] cells = _stories.Cells;
        bool isWorse = cells[row + Fact.Reason] == Reason.Guess ? cells[row + Fact.Accepted] != 0 : cells[row + Fact.IsOutside] != 0;
        return isWorse ? 1 : 0;
    }

    // Those that are known and not zero, as far as there is room.
    private void PutFacts(int row)
    {
        LineBuffer text = _text;
        int[] cells = _stories.Cells;
        int mark = text.Length;
        if (cells[row + Fact.Reason] == Reason.Guess && cells[row + Fact.Accepted] != 0)
        {
            _text.PutWord(AlertWord.AnsweredBy);
            PutAddress(row, StoryTable.AddressRoom);
            _line.Fits(mark);
        }

        PutFact(AlertWord.Dur, (cells[row + Fact.Last] - cells[row + Fact.First]) / Second);
        if (cells[row + Fact.TtlLow] != 0)
        {
            mark = text.Length;
            _text.PutWord(AlertWord.Ttl);
            text.PutNumber(cells[row + Fact.TtlLow]);
            if (cells[row + Fact.TtlHigh] != cells[row + Fact.TtlLow])
            {
                text.PutOctet('-');
                text.PutNumber(cells[row + Fact.TtlHigh]);
            }

            _line.Fits(mark);
        }

        PutFact(AlertWord.Answered, cells[row + Fact.Accepted]);
        PutFact(AlertWord.Refused, cells[row + Fact.Rejected]);
        int group = cells[row + Fact.Group];
        if (group >= 0)
        {
            PutName(AlertWord.Group, _table.GroupNameAt(group));
        }

        int expected = cells[row + Fact.Expected];
        if (expected >= 0)
        {
            PutName(AlertWord.Expected, _table.ExpectedNameAt(expected));
        }

        if (cells[row + Fact.IsNmap] != 0)
        {
            mark = text.Length;
            text.PutWord(AlertWord.Tool);
            text.PutWord(AlertWord.FirstTool + NmapTool);
            _line.Fits(mark);
        }
    }

    // Octets of the parameter site, for which room is kept.
    private int SiteLength()
    {
        return _table.TagAt == 0 ? 0 : _words.Starts[StoryWord.Site + 1] - _words.Starts[StoryWord.Site] + _table.Bytes[_table.TagAt];
    }

    private void PutSite()
    {
        if (_table.TagAt != 0)
        {
            Put(StoryWord.Site);
            PutText(_table.TagAt + 1);
        }
    }

    private void Say(int row)
    {
        LineBuffer text = _text;
        int[] cells = _stories.Cells;
        int reason = cells[row + Fact.Reason];
        if (reason == Reason.NewHost)
        {
            Put(StoryWord.NewSaid);
            PutClient(row);
            if (cells[row + Fact.Sources] == 1)
            {
                Site.SayHost(Site.RowOf(cells[row + Fact.Client]));
            }
        }
        else if (Reason.IsOld(reason))
        {
            Put(StoryWord.OldSaid);
            Put(StoryWord.FirstWeak + reason - Reason.Smb1);
            Put(StoryWord.At);
            PutClient(row);
        }
        else if (reason >= Reason.Smb1)
        {
            Put(StoryWord.WeakSaid);
            Put(StoryWord.FirstWeak + reason - Reason.Smb1);
            Put(StoryWord.At);
            PutServer(row);
            Put(StoryWord.UsedBy);
            PutClient(row);
        }
        else
        {
            bool isHl7 = reason > Reason.Boundary;
            Put(isHl7 ? StoryWord.Hl7 : StoryWord.Dicom);
            Put(reason == Reason.WrongTitle && cells[row + Fact.Titles] == 0 ? StoryWord.RejectedSaid
                : StoryWord.FirstReason - 1 + (isHl7 ? reason - Reason.SenderUnlisted + Reason.Unlisted : reason));
            if (HasTitle(row, StoryTable.CallingAt))
            {
                PutTitle(row, StoryTable.CallingAt);
                Put(StoryWord.At);
            }

            PutClient(row);
            text.PutWord(AlertWord.To);
            PutServer(row);
        }

        if (reason == Reason.Guess)
        {
            Put(StoryWord.Colon);
            text.PutNumber(cells[row + Fact.AllTitles]);
            Put(StoryWord.TitlesIn);
            text.PutNumber((cells[row + Fact.Last] - cells[row + Fact.First]) / Second);
            Put(cells[row + Fact.Accepted] != 0 ? StoryWord.AcceptedIs : StoryWord.NewestIs);
            PutTitle(row, StoryTable.CalledAt);
        }
        else if (HasTitle(row, StoryTable.CalledAt))
        {
            Put(StoryWord.CalledTitle);
            PutTitle(row, StoryTable.CalledAt);
        }

        if (cells[row + Fact.Before] != 0 && cells[row + Fact.Version] == 4)
        {
            Put(StoryWord.Before);
            text.PutIpv4(cells[row + Fact.Before]);
        }

        if (cells[row + Fact.Expected] >= 0)
        {
            _text.PutWord(AlertWord.ExpectedAs);
            PutText(_table.ExpectedNameAt(cells[row + Fact.Expected]));
            return;
        }

        _text.PutWord(AlertWord.SeverityOf);
        text.PutNumber(CriticalityOf(row));
        text.PutOctet('+');
        text.PutNumber(Reason.LethalityOf(reason));
        text.PutOctet('-');
        text.PutNumber(_table.Countermeasures);
        if (RaiseOf(row) != 0)
        {
            text.PutOctet('+');
            text.PutOctet('1');
            Put(reason == Reason.Guess ? StoryWord.WasAccepted : StoryWord.Outside);
        }
    }

    private void PutServer(int row)
    {
        PutAddress(row, StoryTable.AddressRoom);
        _text.PutWord(AlertWord.PortWord);
        _text.PutNumber(_stories.Cells[row + Fact.Port]);
    }

    private void PutClient(int row)
    {
        if (_stories.Cells[row + Fact.Sources] > 1)
        {
            _text.PutWord(AlertWord.Various);
        }
        else
        {
            PutAddress(row, 0);
        }
    }

    private void PutAddress(int row, int at)
    {
        int octets = _stories.OctetsOf(row) + at;
        if (_stories.Cells[row + Fact.Version] == 6)
        {
            _text.PutIpv6(_stories.Octets, octets, 8 * StoryTable.AddressRoom);
        }
        else
        {
            _text.PutIpv4(at == 0 ? _stories.Cells[row + Fact.Client] : _stories.Cells[row + Fact.Server]);
        }
    }

    private bool HasTitle(int row, int at)
    {
        return Title.LengthOf(_stories.Octets, _stories.OctetsOf(row) + at) != 0;
    }

    private void PutTitle(int row, int at)
    {
        int octets = _stories.OctetsOf(row) + at;
        _text.PutFrom(_stories.Octets, octets, Title.LengthOf(_stories.Octets, octets));
    }

    private void PutFact(int name, int value)
    {
        if (value > 0)
        {
            int mark = _text.Length;
            _text.PutWord(name);
            _text.PutNumber(value);
            _line.Fits(mark);
        }
    }

    private void PutName(int name, int at)
    {
        int mark = _text.Length;
        _text.PutWord(name);
        PutText(at);
        _line.Fits(mark);
    }

    // A text of the table, whose length stands in the octet before it.
    private void PutText(int at)
    {
        _text.PutFrom(_table.Bytes, at, _table.Bytes[at - 1]);
    }

    private void Put(int word)
    {
        _text.PutFrom(_words.Octets, _words.Starts[word], _words.Starts[word + 1] - _words.Starts[word]);
    }
}
