using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Health;

/// <summary>Whether the table in use is past its last day; told daily.</summary>
public sealed class TableAgeWatch
{
    private const long Day = 86400000000;

    private readonly TableStore _store;
    private readonly HealthTeller _teller;
    private long _toldAt = long.MinValue;

    /// <summary>Makes a watch.</summary>
    /// <param name="store">Knows the table.</param>
    /// <param name="teller">Tells what it sees.</param>
    public TableAgeWatch(TableStore store, HealthTeller teller)
    {
        _store = store;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void Look(long now, long offset)
    {
        SignatureTable table = _store.Running;
        if (table.LastDay != 0 && offset == ClockOffset.Unknown)
        {
            // Without a time nobody can say how old a table is: what was found last stays.
            return;
        }

        long days = table.LastDay == 0 ? 0 : ((now + offset) / Day) - table.LastDay;
        _teller.Show(LightCode.TableOld, days > 0);
        if (days <= 0)
        {
            _toldAt = long.MinValue;
        }
        else if (_toldAt == long.MinValue || now - _toldAt >= Day)
        {
            _toldAt = now;
            _teller.Begin(MessageWord.Table, MessageWord.Old, SyslogSeverity.Warning);
            _teller.Number(MessageWord.Sequence, table.Sequence);
            _teller.Number(MessageWord.Days, days);
            _teller.End(HealthSentence.Old);
        }
    }
}
