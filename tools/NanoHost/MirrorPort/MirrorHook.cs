using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Appliance.Playback;
using Appliance.Sensor;
using nanoFramework.Hardware.Esp32;

namespace Appliance.MirrorPort;

/// <summary>
/// The native hook's managed face, done in .NET: a ring that a test fills, and the few things of the chip. Members and signatures
/// are those of hardware/mirror-port/MirrorHook.cs; a test compares them.
/// </summary>
public static class MirrorHook
{
    public const int SlotOctets = 128;

    private static readonly Queue<(byte[] Frame, long Stamp)> Ring = new();
    private static readonly long[] Counters = new long[12];
    private static int _slots;

    /// <summary>What the chip says of its start. Not in the face.</summary>
    internal static int Cause { get; set; } = ResetCause.PowerOn;

    /// <summary>The PHY has a link. Not in the face.</summary>
    internal static bool HasLink { get; set; } = true;

    /// <summary>Times that the watchdog was fed. Not in the face.</summary>
    internal static int Fed { get; private set; }

    /// <summary>Octets of the interest mask in use. Not in the face.</summary>
    internal static byte[] Interest { get; private set; } = [];

    internal static byte[] Openings { get; private set; } = [];

    /// <summary>A frame comes in. Not in the face.</summary>
    internal static void Receive(byte[] frame)
    {
        Counters[HookCounter.Received]++;
        if (Ring.Count == _slots)
        {
            Counters[HookCounter.Lost]++;
            return;
        }

        Counters[HookCounter.Kept]++;
        Ring.Enqueue((frame, (long)HighResTimer.GetCurrent()));
    }

    public static int Open(int slots)
    {
        if (slots is < 16 or > 4096)
        {
            return HookProblem.Number;
        }

        _slots = slots;
        return 0;
    }

    public static int ReadBatch(byte[] bytes, int[] words, int[] lengths, long[] stamps, int max)
    {
        if (_slots == 0)
        {
            return HookProblem.Closed;
        }

        if (bytes.Length < max * SlotOctets || words.Length < max * SlotBatch.SlotWords || lengths.Length < max || stamps.Length < max)
        {
            return HookProblem.Arrays;
        }

        int count = 0;
        while (count < max && Ring.TryDequeue(out (byte[] Frame, long Stamp) next))
        {
            int captured = Math.Min(next.Frame.Length, SlotOctets);
            Array.Copy(next.Frame, 0, bytes, count * SlotOctets, captured);
            lengths[count] = SlotMaking.Finish(bytes, words, count, captured, next.Frame.Length);
            stamps[count] = next.Stamp;
            count++;
        }

        return count;
    }

    public static int SetInterest(byte[] table, int at, int ranges, int openingsAt, int openings)
    {
        const int Header = 34;
        const int Opening = 22;
        if (at < 0 || ranges < 0 || at + Header + (4 * ranges) > table.Length || openingsAt < 0 || openings < 0
            || openingsAt + (Opening * openings) > table.Length)
        {
            return HookProblem.Arrays;
        }

        Openings = table[openingsAt..(openingsAt + (Opening * openings))];

        Interest = table[at..(at + Header + (4 * ranges))];
        return 0;
    }

    public static long Counter(int which) => which == HookCounter.Waiting ? Ring.Count
        : which >= 0 && which < Counters.Length ? Counters[which] : -1;

    public static bool LinkUp() => HasLink;

    public static int ResetReceiver()
    {
        Counters[HookCounter.Resets]++;
        return 0;
    }

    public static bool CheckSignature(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        using ECDsa key = KeyOf(publicKey, 0);
        return key.VerifyData(octets.AsSpan(0, length), signature.AsSpan(at, 64), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static bool IsPublicKey(byte[] octets, int at)
    {
        try
        {
            using ECDsa key = KeyOf(octets, at);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static bool Hash(byte[] octets, int at, int length, byte[] hash) => SHA256.TryHashData(octets.AsSpan(at, length),
        hash, out _);

    public static int WatchdogStart(int milliseconds) => milliseconds is >= 1000 and <= 60000 ? 0 : HookProblem.Number;

    public static void WatchdogFeed() => Fed++;

    public static int ResetReason() => Cause;

    public static long FreeStorage() => 200_000;

    private static ECDsa KeyOf(byte[] octets, int at) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = octets[at..(at + 32)], Y = octets[(at + 32)..(at + 64)] },
    });
}
