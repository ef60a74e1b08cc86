using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Incidents;

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

    /// <summary>A supply that is too weak is shown for a day, in microseconds: until somebody has come by.</summary>
    private const long WeakSupplyTime = 86400000000;

    private readonly byte[] _kind = LineBuffer.Word("health");
    private readonly byte[] _part = LineBuffer.Word("part");
    private readonly byte[] _state = LineBuffer.Word("state");
    private readonly byte[] _boots = LineBuffer.Word("boots");
    private readonly byte[] _restart = LineBuffer.Word("restart");
    private readonly byte[] _storage = LineBuffer.Word("storage");
    private readonly byte[] _table = LineBuffer.Word("table");
    private readonly byte[] _hook = LineBuffer.Word("hook");
    private readonly byte[] _mirror = LineBuffer.Word("mirror");
    private readonly byte[] _uplinkName = LineBuffer.Word("uplink");
    private readonly byte[] _clock = LineBuffer.Word("clock");
    private readonly byte[] _collector = LineBuffer.Word("collector");
    private readonly byte[] _lightName = LineBuffer.Word("light");
    private readonly byte[] _memory = LineBuffer.Word("memory");
    private readonly byte[] _selfTest = LineBuffer.Word("self-test");
    private readonly byte[] _passed = LineBuffer.Word("passed");
    private readonly byte[] _failed = LineBuffer.Word("failed");
    private readonly byte[] _well = LineBuffer.Word("well");
    private readonly byte[] _failing = LineBuffer.Word("failing");
    private readonly byte[] _slot = LineBuffer.Word("slot");
    private readonly byte[] _builtIn = LineBuffer.Word("built-in");
    private readonly byte[] _linkUp = LineBuffer.Word("link-up");
    private readonly byte[] _noLink = LineBuffer.Word("no-link");
    private readonly byte[] _known = LineBuffer.Word("known");
    private readonly byte[] _unknown = LineBuffer.Word("unknown");
    private readonly byte[] _named = LineBuffer.Word("named");
    private readonly byte[] _none = LineBuffer.Word("none");

    private readonly Phrases _sentences = new Phrases(
        "the box has started|"
        + "the box has started again, since its loop hung|"
        + "the box has started again after a crash|"
        + "the box has started again, since its supply voltage fell: replace the power supply|"
        + "the box has started, and its storage takes nothing: a new table would not last|"
        + "the box has started, and is broken: send it in|");

    private readonly RestartWords _words = new RestartWords();
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
    /// <param name="now">Microseconds.</param>
    public void Tell(IMirrorPort port, IUplink uplink, SyslogSender sender, TableStore store, int boots, bool isStorageWell,
        bool hasTime, long now)
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

        _writer.Begin(_kind, isBroken ? MessageWriter.Error : isUnusual
            || !isStorageWell ? MessageWriter.Warning : MessageWriter.Notice);
        _writer.Word(_part, _selfTest);
        _writer.Word(_state, isBroken ? _failed : _passed);
        _writer.Number(_boots, boots);
        _writer.Word(_restart, _words.Of(reason));
        _writer.Word(_storage, isStorageWell ? _well : _failing);
        _writer.Word(_table, store.Slots.InUse == SlotFiles.BuiltIn ? _builtIn : _slot);
        _writer.Word(_hook, isHookWell ? _well : _failing);
        _writer.Word(_mirror, port.IsLinkUp() ? _linkUp : _noLink);
        _writer.Word(_uplinkName, uplink.IsLinkUp() ? _linkUp : _noLink);
        _writer.Word(_clock, hasTime ? _known : _unknown);
        _writer.Word(_collector, sender.Address.Protocol == CollectorAddress.None ? _none : _named);
        _writer.Word(_lightName, _light.IsThere ? _well : _none);
        long memory = port.FreeMemory();
        if (memory >= 0)
        {
            _writer.Number(_memory, memory);
        }

        _writer.Meta();
        _writer.Say(_sentences, isBroken ? SayFailed
            : reason == RestartReason.Watchdog ? SayHung
            : reason == RestartReason.Panic ? SayCrashed
            : reason == RestartReason.Brownout ? SayBrownout
            : !isStorageWell ? SayNoStorage
            : SayPassed);
        _writer.Send();
    }
}
