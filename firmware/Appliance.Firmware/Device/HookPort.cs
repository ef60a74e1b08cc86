using System.Threading;
using Appliance.MirrorPort;
using Appliance.Sensor;
using nanoFramework.Hardware.Esp32;

namespace Appliance.Firmware.Device;

/// <summary>The mirror port by the native hook.</summary>
public sealed class HookPort : IMirrorPort
{
    /// <summary>
    /// Milliseconds between two looks at an empty ring: 40 of 4,000 kept frames a second. A burst of the shortest ones, of
    /// which the receive path takes 560 to 1,300 in this time, is more than the 304 slots of a ring without PSRAM, and may be
    /// more than the 1,024 of one with it; what finds no slot is counted.
    /// </summary>
    private const int NapMilliseconds = 10;

    private readonly bool _isReady;
    private readonly int _slots;

    /// <summary>Starts the hook.</summary>
    /// <param name="slots">Slots of its ring.</param>
    public HookPort(int slots)
    {
        _slots = slots;
        _isReady = MirrorHook.Open(slots) == 0;
    }

    /// <inheritdoc/>
    public long Read(SlotBatch batch)
    {
        int max = batch.Lengths.Length;
        long before = (long)HighResTimer.GetCurrent();
        long deadline = before + TapProgram.WaitMicroseconds;
        int count = MirrorHook.ReadBatch(batch.Bytes, batch.Words, batch.Lengths, batch.Stamps, max);
        while (count <= 0 && before < deadline)
        {
            Thread.Sleep(NapMilliseconds);
            before = (long)HighResTimer.GetCurrent();
            count = MirrorHook.ReadBatch(batch.Bytes, batch.Words, batch.Lengths, batch.Stamps, max);
        }

        if (count <= 0)
        {
            return before;
        }

        batch.Count = count;
        // A batch that is not full has emptied the ring.
        batch.Waiting = 1 + (count == max ? ((int)MirrorHook.Counter(HookCounter.Waiting) << 8) / _slots : 0);
        long newest = batch.Stamps[count - 1];
        // A full batch may have left some behind; else all that came before the look is here.
        return count == max || newest > before ? newest : before;
    }

    /// <inheritdoc/>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings)
    {
        MirrorHook.SetInterest(octets, at, ranges, openingsAt, openings);
    }

    /// <inheritdoc/>
    public long Counter(int which)
    {
        switch (which)
        {
            case PortCounter.Received:
                return MirrorHook.Counter(HookCounter.Received);
            case PortCounter.Kept:
                return MirrorHook.Counter(HookCounter.Kept) + MirrorHook.Counter(HookCounter.Lost);
            case PortCounter.Lost:
                return MirrorHook.Counter(HookCounter.Lost);
            case PortCounter.Missed:
                return MirrorHook.Counter(HookCounter.Missed) + MirrorHook.Counter(HookCounter.Overflowed);
            case PortCounter.Transmitted:
                return MirrorHook.Counter(HookCounter.Transmitted);
            default:
                // The hook has the others in the same order.
                return MirrorHook.Counter(which - PortCounter.Unicast + HookCounter.Unicast);
        }
    }

    /// <inheritdoc/>
    public bool IsLinkUp()
    {
        return MirrorHook.LinkUp();
    }

    /// <inheritdoc/>
    public bool IsReady()
    {
        return _isReady;
    }

    /// <inheritdoc/>
    public void ResetReceiver()
    {
        MirrorHook.ResetReceiver();
    }

    /// <inheritdoc/>
    public void StartWatchdog(int milliseconds)
    {
        MirrorHook.WatchdogStart(milliseconds);
    }

    /// <inheritdoc/>
    public void FeedWatchdog()
    {
        MirrorHook.WatchdogFeed();
    }

    /// <inheritdoc/>
    public int RestartReason()
    {
        switch (MirrorHook.ResetReason())
        {
            case ResetCause.PowerOn:
                return Firmware.RestartReason.PowerOn;
            case ResetCause.External:
                return Firmware.RestartReason.Pin;
            case ResetCause.Software:
                return Firmware.RestartReason.Software;
            case ResetCause.TaskWatchdog:
            case ResetCause.OtherWatchdog:
                return Firmware.RestartReason.Watchdog;
            case ResetCause.Panic:
                return Firmware.RestartReason.Panic;
            case ResetCause.Brownout:
                return Firmware.RestartReason.Brownout;
            default:
                return Firmware.RestartReason.Unknown;
        }
    }

    /// <inheritdoc/>
    public long Memory(int which)
    {
        bool isExternal = which >= MemoryFigure.ExternalFree;
        NativeMemory.GetMemoryInfo(isExternal ? NativeMemory.MemoryType.SpiRam : NativeMemory.MemoryType.Internal,
            out uint total, out uint free, out uint block);
        if (total == 0)
        {
            return -1;
        }

        return which == MemoryFigure.Block || which == MemoryFigure.ExternalBlock ? block : free;
    }
}
