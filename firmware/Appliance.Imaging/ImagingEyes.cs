using Appliance.Imaging.Frames;
using Appliance.Imaging.Judging;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Imaging;

/// <summary>
/// What the imaging network's own protocols tell, by the first words of each conversation: DICOM's associations, HL7's messages
/// and what servers agree to. It looks at the slots behind the sensor, in fixed memory, and its time is their stamps.
/// </summary>
public sealed class ImagingEyes
{
    // Ports at which DICOM speaks TLS (PS3.15 B.1, IANA: 2762 and 2761) or may: behind them an encrypted association is meant.
    private const int DicomTls = 2762;
    private const int DicomIscl = 2761;
    private const int DicomRegistered = 11112;
    private const int DicomOld = 104;

    // TLS (RFC 5246, 6.2.1 and 7.4): a handshake record that begins with a ServerHello.
    private const int TlsHandshake = 22;
    private const int TlsMajor = 3;
    private const int TlsMessageAt = 5;
    private const int ServerHello = 2;

    private const int Hour = 3600 * 100;
    private const int Day = 24 * Hour;

    // A box that is switched off each night has a day's hosts after so long, and one that restarts all the time says no more than
    // it must.
    private const int FirstTelling = 2 * Hour;
    private const long HourOfClock = 3600L * 1000000;
    private const int HoursOfDay = 24;

    // Bits of both ports that a server's, below 1024, has not.
    private const int LowSource = unchecked((int)0xfc000000);
    private const int LowTarget = 0xfc00;

    // SNMP's port as the source's of both.
    private const int FromSnmp = 161 << 16;

    // What a slot holds, by the bits of its length: a sign of life or not, its shape, a tag or none.
    private const int KindShift = 24;
    private const int KindMask = 15;
    private const int Other = SlotBatch.ShapeOther >> KindShift;
    private const int Segment = SlotBatch.ShapeSegment >> KindShift;
    private const int Opening = SlotBatch.ShapeTcp >> KindShift;
    private const int Datagram = SlotBatch.ShapeUdp >> KindShift;
    private const int Tagged = SlotBatch.Tagged >> KindShift;

    // Of signs of life one in so many, less one.
    private const int LifeMask = 7;

    /// <summary>Days without DICOM and HL7 are not told: whoever replays a capture for its alerts asks for no list of
    /// hosts.</summary>
    public bool SkipsPlainDays;

    /// <summary>The hour of Unix time in which the inventory was told last, over restarts; 0 where no clock said it.</summary>
    public int ToldHour;

    /// <summary>The day's counts so far.</summary>
    public readonly Figures Figures = new Figures();

    private readonly Conversation _conversation = new Conversation();
    private readonly StoryTable _stories = new StoryTable();
    private readonly StoryLine _line;
    private readonly StoryTeller _teller;
    private readonly Site _site;
    private readonly Associations _associations;
    private readonly Speakers _speakers = new Speakers();
    private readonly Senders _senders;
    private readonly Weaknesses _weaknesses;
    private readonly Inventory _inventory = new Inventory();
    private readonly Arrivals _arrivals;
    private readonly Census _census;
    private long _stamp;
    private int _figuresAt;
    private int _untilTold = FirstTelling;
    private int _hourAt;
    private int _homeMark;
    private bool _isDayOver;

    // The next row of the inventory that is to be told; behind the last one when all were.
    private int _toTell = Inventory.Most * Inventory.Columns;

    /// <summary>Takes all memory that it will use.</summary>
    /// <param name="sensor">The sensor, whose incidents and lines these join.</param>
    /// <param name="table">The site.</param>
    /// <param name="sink">Where lines go.</param>
    public ImagingEyes(TapSensor sensor, SignatureTable table, IAlertSink sink)
    {
        _line = new StoryLine(_stories, sensor.Line, table, _inventory);
        _teller = new StoryTeller(sensor, _stories, _line, sink, Figures, table);
        var names = new byte[3 * Title.Room];
        _site = new Site(table, names);
        var callers = new Callers();
        _weaknesses = new Weaknesses(_site, _stories, _teller, _inventory);
        _arrivals = new Arrivals(_inventory, _site, _stories, _teller, Figures);
        _census = new Census(_inventory, _arrivals, _weaknesses, _site);
        _associations = new Associations(callers, _site, _stories, _teller, Figures, _census, names);
        _senders = new Senders(callers, _site, _stories, _teller, Figures, _census, names, _speakers);
        _homeMark = _site.HomeMark();
    }

    /// <summary>What was learned of the site's hosts, for whoever keeps it over restarts.</summary>
    public Arrivals Arrivals => _arrivals;

    /// <summary>Goes on with what was learned before a restart.</summary>
    /// <param name="hours">Hours of listening until then.</param>
    public void Learn(int hours)
    {
        _arrivals.Hours = hours;
        _inventory.Day = hours / 24;
    }

    /// <summary>A number for the site's home networks: what was learned of others is nothing here.</summary>
    public int HomeMark => _homeMark;

    /// <summary>Sets what must be added to a stamp to get Unix time.</summary>
    /// <param name="offset">Microseconds; <see cref="SyslogLine.NoTime"/> when the time of day is not known.</param>
    public void SetWallClock(long offset)
    {
        _line.Offset = offset;
    }

    /// <summary>Uses another table from the next slot on.</summary>
    /// <param name="table">A loaded table.</param>
    public void UseTable(SignatureTable table)
    {
        _teller.UseTable(table);
        _site.UseTable(table);
        int mark = _site.HomeMark();
        if (mark != _homeMark)
        {
            // Another network is learned from its beginning.
            _homeMark = mark;
            _arrivals.Hours = 0;
            _inventory.Clear();
            _census.Forget();
        }
    }

    /// <summary>Looks at a batch of slots, behind the sensor.</summary>
    /// <param name="batch">The slots; their stamps never go back.</param>
    public void Process(SlotBatch batch)
    {
        int count = batch.Count;
        int[] lengths = batch.Lengths;
        int[] words = batch.Words;
        int[] seen = _census.Seen;
        Conversation conversation = _conversation;
        for (int slot = 0; slot < count; slot++)
        {
            int ip = (slot << SlotBatch.WordShift) + SlotBatch.IpWord;
            int ports;
            int key;

            // One jump by what a slot holds costs less than a question for each.
            switch ((lengths[slot] >> KindShift) & KindMask)
            {
                case Segment:
                case Segment | Tagged:
                    break;
                case Opening | Tagged:
                    ip++;
                    goto case Opening;
                case Opening:
                    int flags = words[ip + 8] >> 16;
                    if ((flags & Tcp.Syn) == 0)
                    {
                        if ((flags & Tcp.Rst) != 0)
                        {
                            continue;
                        }

                        break;
                    }

                    // Of each host one of a kind an hour; the client's port is another each time.
                    ports = words[ip + 5] & ((flags & Tcp.Ack) == 0 ? 0xffff : unchecked((int)0xffff0000));
                    key = (words[ip + 3] * 0x01000193) ^ ports;
                    int at = (key ^ (key >> 13)) & (Census.SeenPlaces - 1);
                    if (seen[at] != key)
                    {
                        seen[at] = key;
                        _census.Take(batch, slot, ip, false);
                        if ((flags & Tcp.Ack) != 0)
                        {
                            _speakers.NoteServer(words[ip + 3], (words[ip + 5] >> 16) & 0xffff);
                        }
                    }

                    continue;
                case Datagram | Tagged:
                    ip++;
                    goto case Datagram;
                case Datagram:
                    ports = words[ip + 5];
                    ports &= (ports & LowSource) == 0 ? unchecked((int)0xffff0000) : (ports & LowTarget) == 0 ? 0xffff : -1;
                    key = (words[ip + 3] * 0x01000193) ^ ports;

                    // Each manager's, since it may be an outsider's.
                    key = ports == FromSnmp && _census.IsDefaultAnswered(batch, slot, ip) ? ~key ^ words[ip + 4] : key;
                    int place = (key ^ (key >> 13)) & (Census.SeenPlaces - 1);
                    if (seen[place] != key)
                    {
                        seen[place] = key;
                        _census.Take(batch, slot, ip, true);
                    }

                    continue;
                case Other:
                case Other | Tagged:
                    _census.TakeOther(batch, slot);
                    break;
                default:
                    // Signs of life, the most frequent of all: of eight one is looked at.
                    if ((slot & LifeMask) == 0)
                    {
                        _census.TakeLife(batch, slot);
                    }

                    continue;
            }

            if (conversation.Find(batch, slot) && !_associations.Take(batch.Bytes, conversation)
                && !_senders.Take(batch.Bytes, conversation))
            {
                TakeTls(batch.Bytes, conversation);
                _weaknesses.Take(batch.Bytes, conversation);
            }
        }

        if (count != 0)
        {
            _stamp = batch.Stamps[count - 1];
        }
    }

    /// <summary>Lets time pass: about once a second.</summary>
    /// <param name="stamp">Microseconds; never goes back.</param>
    public void Tick(long stamp)
    {
        _stamp = stamp;
        int now = (int)(stamp / 10000);
        _teller.Tick(now);
        if (now - _hourAt >= Hour)
        {
            _hourAt = now;
            _arrivals.Hours++;
            _inventory.Day = _arrivals.Hours / 24;
            _census.Forget();
        }

        if (now - _figuresAt >= _untilTold)
        {
            if (_untilTold < Day && (SkipsPlainDays || !HasNews() || WasToldToday(stamp)))
            {
                _untilTold += Hour;
                return;
            }

            _figuresAt = now;
            _untilTold = Day;
            _isDayOver = true;
            BeginTelling(stamp);
            return;
        }

        // One line a tick, as of all lines.
        TellNext(stamp);
    }

    private bool HasNews()
    {
        return !Figures.IsEmpty() || _inventory.Count() != 0;
    }

    // By the clock: without one nobody knows, and the inventory comes once a start.
    private bool WasToldToday(long stamp)
    {
        int since = HourOf(stamp) - ToldHour;
        return ToldHour != 0 && since >= 0 && since < HoursOfDay;
    }

    private int HourOf(long stamp)
    {
        return _line.Offset == SyslogLine.NoTime ? 0 : (int)((stamp + _line.Offset) / HourOfClock);
    }

    /// <summary>Begins to look, where stamps do not begin at 0.</summary>
    /// <param name="stamp">Microseconds.</param>
    public void Begin(long stamp)
    {
        _figuresAt = (int)(stamp / 10000);
        _hourAt = _figuresAt;
    }

    /// <summary>Ends a replay: what is open is closed, and the day is told if there is something of an imaging network in
    /// it.</summary>
    public void Finish()
    {
        _teller.Finish();
        while (TellNext(_stamp))
        {
        }

        if (_isDayOver || !Figures.IsEmpty() || (_inventory.HasFindings() && !SkipsPlainDays))
        {
            BeginTelling(_stamp);
            while (TellNext(_stamp))
            {
            }
        }
    }

    // The day's figures, and from the next second on a host a second: a collector and a queue take that beside what else there
    // is.
    private void BeginTelling(long stamp)
    {
        if (SkipsPlainDays && Figures.IsEmpty())
        {
            return;
        }

        int told = HourOf(stamp);
        ToldHour = told == 0 ? ToldHour : told;
        int hours = Arrivals.LearningHours - _arrivals.Hours;
        _teller.TellFigures(stamp, _inventory, _arrivals.IsTelling() ? 0 : (hours + 23) / 24, _site.AcceptedMarks());
        _inventory.BeginDay();
        _toTell = 0;
    }

    private bool TellNext(long stamp)
    {
        int[] cells = _inventory.Cells;
        while (_toTell < cells.Length)
        {
            int row = _toTell;
            _toTell += Inventory.Columns;
            if (cells[row + Inventory.Address] != 0)
            {
                _teller.TellHost(_line.Site, row, stamp);
                return true;
            }
        }

        return false;
    }

    /// <summary>Stories told of a kind.</summary>
    /// <param name="kind">0 dicom-guess, 1 dicom-caller, 2 weak-service, 3 new-host.</param>
    public int StoriesOf(int kind)
    {
        return _teller.Opened[kind];
    }

    /// <summary>Stories that gave way to newer ones.</summary>
    public int Evictions()
    {
        return _stories.Evictions;
    }

    private void TakeTls(byte[] bytes, Conversation conversation)
    {
        int port = conversation.SourcePort;
        int at = conversation.At;
        if (conversation.Seen > TlsMessageAt && bytes[at] == TlsHandshake && bytes[at + 1] == TlsMajor
            && bytes[at + TlsMessageAt] == ServerHello
            && (port == DicomTls || port == DicomIscl || port == DicomRegistered || port == DicomOld))
        {
            Figures.Tls++;
        }
    }
}
