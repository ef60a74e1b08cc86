using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>What the box finds of itself at its start, in one message: storage, table, hook, link, clock, collector,
/// light.</summary>
public sealed class SelfTest
{
    // Numbers in the sentences below.
    private const int SayPassed = 0;
    private const int SayHung = 1;
    private const int SayCrashed = 2;
    private const int SayBrownout = 3;
    private const int SayNoStorage = 4;
    private const int SayFailed = 5;
    private const int SayNoKeys = 6;

    /// <summary>A supply that is too weak is shown for a day, in microseconds: until somebody has come by.</summary>
    private const long WeakSupplyTime = 86400000000;

    private readonly Phrases _sentences = new Phrases(
        "the box has started|"
        + "the box has started again, since its loop hung|"
        + "the box has started again after a crash|"
        + "the box has started again, since its supply voltage fell: replace the power supply|"
        + "the box has started, and its storage takes nothing: a new table would not last|"
        + "the box has started, and is broken: send it in|"
        + "the box has started, and has no keys: provision it|");

    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    /// <summary>Makes a test.</summary>
    /// <param name="writer">Writes the message.</param>
    /// <param name="light">The light.</param>
    public SelfTest(MessageWriter writer, StatusLight light)
    {
        _writer = writer;
        _light = light;
    }

    /// <summary>Tells what was found.</summary>
    /// <param name="port">The mirror port.</param>
    /// <param name="uplink">The uplink.</param>
    /// <param name="sender">Knows the collector.</param>
    /// <param name="store">The tables.</param>
    /// <param name="boots">Starts of the box.</param>
    /// <param name="isStorageWell">The storage has taken the number of starts.</param>
    /// <param name="hasTime">The time of day is known.</param>
    /// <param name="hasEyes">The board has the memory for the imaging eyes: without, silence about DICOM and HL7 says
    /// nothing.</param>
    /// <param name="now">Microseconds.</param>
    public void Tell(IMirrorPort port, IUplink uplink, SyslogSender sender, TableStore store, int boots, bool isStorageWell,
        bool hasTime, bool hasEyes, long now)
    {
        bool isHookWell = port.IsReady();
        bool isBroken = !isHookWell;
        int reason = port.RestartReason();
        bool isUnusual = reason >= RestartReason.Watchdog;
        _light.Set(LightCode.Broken, isBroken);
        if (reason == RestartReason.Brownout)
        {
            _light.SetUntil(LightCode.WeakSupply, now + WeakSupplyTime);
        }

        _writer.BeginHealth(MessageWord.SelfTest, isBroken ? MessageWord.Failed : MessageWord.Passed, isBroken ? SyslogSeverity.Error
            : isUnusual || !isStorageWell || store.IsKeyless ? SyslogSeverity.Warning : SyslogSeverity.Notice);
        _writer.Number(MessageWord.Boots, boots);
        _writer.Word(MessageWord.Restart, RestartWords.Of(reason));
        _writer.Word(MessageWord.Storage, isStorageWell ? MessageWord.Well : MessageWord.Failing);
        _writer.Word(MessageWord.Table, store.Slots.InUse == SlotFiles.BuiltIn ? MessageWord.BuiltIn : MessageWord.Slot);
        _writer.Number(MessageWord.Keys, store.KeyCount());
        _writer.Word(MessageWord.Hook, isHookWell ? MessageWord.Well : MessageWord.Failing);
        _writer.Word(MessageWord.Mirror, port.IsLinkUp() ? MessageWord.LinkUp : MessageWord.NoLink);
        _writer.Word(MessageWord.Uplink, uplink.IsLinkUp() ? MessageWord.LinkUp : MessageWord.NoLink);
        _writer.Word(MessageWord.Clock, hasTime ? MessageWord.Known : MessageWord.Unknown);
        _writer.Word(MessageWord.Collector, sender.Address.Protocol == CollectorAddress.None ? MessageWord.None : MessageWord.Named);
        _writer.Word(MessageWord.Light, _light.IsThere ? MessageWord.Well : MessageWord.None);
        _writer.Word(MessageWord.Eyes, hasEyes ? MessageWord.Well : MessageWord.None);
        MemoryParameters.Write(_writer, port);
        _writer.End(_sentences, isBroken ? SayFailed
            : reason == RestartReason.Watchdog ? SayHung
            : reason == RestartReason.Panic ? SayCrashed
            : reason == RestartReason.Brownout ? SayBrownout
            : !isStorageWell ? SayNoStorage
            : store.IsKeyless ? SayNoKeys
            : SayPassed);
    }
}
