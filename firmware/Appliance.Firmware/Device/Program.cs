using Appliance.Firmware.Light;
using nanoFramework.Runtime.Native;

namespace Appliance.Firmware.Device;

/// <summary>Where the device begins.</summary>
public static class Program
{
    /// <summary>Puts the box together and runs it for ever.</summary>
    public static void Main()
    {
        Build(@"I:\").Run();
    }

    /// <summary>Puts the box together.</summary>
    /// <param name="root">The root of its storage.</param>
    public static TapProgram Build(string root)
    {
        Board board = Board.Of(SystemInfo.TargetName);
        var port = new HookPort(board.Ring);
        // Before whatever may throw: a program that ends is restarted by the watchdog alone.
        port.StartWatchdog(TapProgram.WatchdogMilliseconds);
        var light = new RgbLight(board);
        // The colour of "it starts": to put the box together takes seconds, and dark means no power.
        light.Show(Colour.White);
        UplinkPins? uplink = UplinkPins.Of(SystemInfo.TargetName);
        if (uplink != null)
        {
            uplink.Claim();
        }

        var clock = new DeviceClock();
        var settings = new TapSettings
        {
            BuiltIn = BuiltInTable.Octets,
            Board = board.Class,
            HasImaging = board.HasImaging,
            QueueOctets = board.Queue,
            Slots = board.Batch,
            Seed = clock.Random(),
        };
        return new TapProgram(settings, port, new FlashStorage(root), new NetworkUplink(), clock, light, new HookKeyCheck());
    }
}
