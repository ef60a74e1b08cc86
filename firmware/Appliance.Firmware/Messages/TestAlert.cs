using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Messages;

/// <summary>
/// One incident that is none, asked for by a signed table: it is opened and closed, so that whoever installs the box sees an
/// alert arrive at the collector, and what the collector makes of it, without an attack. Its kind is that of no other incident,
/// its severity the lowest, and it is expected.
/// </summary>
public sealed class TestAlert
{
    // States of AlertWord, behind the first.
    private const int StateOpen = 0;
    private const int StateClosed = 3;

    // Numbers of the texts below.
    private const int Kind = 0;
    private const int Dsts = 1;
    private const int TestName = 2;
    private const int Site = 3;
    private const int Severity = 4;
    private const int SayOpen = 5;
    private const int SayClosed = 6;

    private readonly Phrases _texts = new Phrases(
        "test-alert [incident|"
        + "\" dsts=\"0\" dport=\"0\" frames=\"0|"
        + "test alert|"
        + "\" site=\"|"
        + "1\" sid=\"0|"
        + "test alert: the table asked for it, and nothing has happened|"
        + "test alert, closed: alerts of this box arrive|");

    private readonly TapSensor _sensor;
    private readonly IAlertSink _sink;
    private readonly SyslogSender _sender;
    private readonly SignatureTable _table;
    private readonly byte[] _mac;

    // Its number; 0 before it was opened.
    private int _id;

    /// <summary>Makes one that is not told yet.</summary>
    /// <param name="sensor">Numbers incidents, and has the line in which they are written.</param>
    /// <param name="sink">Where alerts go.</param>
    /// <param name="sender">Knows whether the collector takes messages.</param>
    /// <param name="table">Its site's tag.</param>
    /// <param name="mac">The box's own address, which is the actor's: no other machine is named.</param>
    public TestAlert(TapSensor sensor, IAlertSink sink, SyslogSender sender, SignatureTable table, byte[] mac)
    {
        _sensor = sensor;
        _sink = sink;
        _sender = sender;
        _table = table;
        _mac = mac;
    }

    /// <summary>The collector takes messages, and none waits: the next one arrives at once, and what was told before has left the
    /// box.</summary>
    public bool IsDue()
    {
        return _sender.IsOpen && _sender.Failures == 0 && _sender.Queue.Count == 0;
    }

    /// <summary>Tells that it begins, and the next time that it is over.</summary>
    /// <param name="now">Microseconds since the box started.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    /// <returns>True when all is told.</returns>
    public bool Tell(long now, long offset)
    {
        bool isOver = _id != 0;
        if (!isOver)
        {
            _id = _sensor.NextIncident();
        }

        SyslogLine line = _sensor.Line;
        LineBuffer text = line.Text;
        line.Begin(SyslogSeverity.Informational, offset == ClockOffset.Unknown ? SyslogLine.NoTime : now + offset);
        _texts.Put(text, Kind);
        line.PutEnterprise();
        text.PutWord(AlertWord.Id);
        text.PutNumber(_id);
        text.PutWord(AlertWord.FirstState + (isOver ? StateClosed : StateOpen));
        _texts.Put(text, Severity);
        text.PutWord(AlertWord.Proto);
        text.PutWord(AlertWord.Ip);
        text.PutWord(AlertWord.Src);
        text.PutMac(BigEndian.Read32(_mac, 0) >> 8, BigEndian.Read32(_mac, 2));
        text.PutWord(AlertWord.Srcs);
        text.PutOctet('1');
        text.PutWord(AlertWord.Dst);
        text.PutWord(AlertWord.Various);
        _texts.Put(text, Dsts);
        text.PutWord(AlertWord.Name);
        _texts.Put(text, TestName);
        text.PutWord(AlertWord.Expected);
        _texts.Put(text, TestName);
        if (_table.TagAt != 0)
        {
            _texts.Put(text, Site);
            text.PutText(_table.Bytes, _table.TagAt + 1);
        }

        text.PutOctet('"');
        line.PutMeta((int)(now / 10000));
        _texts.Put(text, isOver ? SayClosed : SayOpen);
        _sink.Alert(text.Bytes, line.End(), SyslogSeverity.Informational);
        return isOver;
    }
}
