using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether the storage keeps what is written: tables, starts, and what was learned of the site.</summary>
public sealed class StorageWatch
{
    private readonly TableStore _store;
    private readonly HealthTeller _teller;
    private bool _isBad;

    /// <summary>The boot count could not be written at the start.</summary>
    public bool IsBootCountBad;

    /// <summary>The storage did not take what was learned of the site's hosts.</summary>
    public bool IsSiteMemoryBad;

    /// <summary>Makes a watch.</summary>
    /// <param name="store">The tables.</param>
    /// <param name="teller">Tells what it sees.</param>
    public StorageWatch(TableStore store, HealthTeller teller)
    {
        _store = store;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    public void Look()
    {
        bool isBad = _store.IsStorageBad || IsBootCountBad || IsSiteMemoryBad;
        if (isBad != _isBad)
        {
            _isBad = isBad;
            _teller.Begin(MessageWord.Storage, isBad ? MessageWord.Failing : MessageWord.Well,
                isBad ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            _teller.End(isBad ? HealthSentence.Failing : HealthSentence.StorageWell);
        }

        // One damaged slot of two is no trouble as long as the other is in use.
        _teller.Show(LightCode.NoStorage, isBad || _store.Slots.Damaged == 2 || (_store.Slots.Damaged == 1
            && _store.Slots.InUse == SlotFiles.BuiltIn));
    }
}
