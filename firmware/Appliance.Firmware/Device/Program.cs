using Appliance.MirrorPort;
using nanoFramework.Runtime.Native;

namespace Appliance.Firmware.Device;

/// <summary>Where the device begins.</summary>
public static class Program
{
    /// <summary>Octets of a hash (SHA-256).</summary>
    private const int HashLength = 32;

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
        var clock = new DeviceClock();
        var settings = new TapSettings
        {
            BuiltIn = BuiltInTable.Octets,
            BuiltInLength = BuiltInTable.Octets.Length,
            Keys = Keys(TrustedKeys.Points()),
            QueueOctets = board.Queue,
            Slots = board.Batch,
            Seed = clock.Random(),
        };
        return new TapProgram(settings, new HookPort(board.Ring), new FlashStorage(root), new NetworkUplink(), clock,
            new RgbLight(board),
            new HookKeyCheck());
    }

    private static TrustedKey[] Keys(byte[][] points)
    {
        var keys = new TrustedKey[points.Length];
        var hash = new byte[HashLength];
        for (int i = 0; i < keys.Length; i++)
        {
            MirrorHook.Hash(points[i], 0, TrustedKey.PointLength, hash);
            var id = new byte[TrustedKey.IdLength];
            System.Array.Copy(hash, 0, id, 0, id.Length);
            keys[i] = new TrustedKey(id, points[i]);
        }

        return keys;
    }
}
