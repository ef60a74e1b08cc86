using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Appliance.Firmware;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Simulator.Faults;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Appliance.Simulator.Box;

/// <summary>The mirror port of a box that watches a network interface of this machine. The kernel's buffer is its ring.</summary>
internal sealed class LivePort : IMirrorPort, IDisposable
{
    /// <summary>Milliseconds that libpcap gathers packets before it hands them over.</summary>
    private const int GatherTime = 10;

    /// <summary>Milliseconds of rest after libpcap could not read.</summary>
    private const int RestTime = 50;

    /// <summary>Microseconds that a frame may have waited in the kernel's buffer, at most, before the machine's clock was set
    /// instead.</summary>
    private const long LongestWait = 10_000_000;

    /// <summary>Octets of a frame that are taken: a slot, and what may be taken off in front of it.</summary>
    private const int Snapshot = SlotBatch.SlotLength + Unwrapping.MostOctets;

    private readonly LibPcapLiveDevice _device;
    private readonly bool _isListed;
    private readonly PortFaults _faults;
    private readonly Losses _losses;
    private readonly KernelDrops _drops = new();
    private readonly int _slots;
    private readonly long[] _numbers;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly byte[] _frame = new byte[Snapshot];
    private readonly FrameIntake _intake = new();
    private long _newest;
    private long _read;
    private long _unseen;
    private long _kept;
    private long _lost;
    private long _missed;
    private bool _isBroken;

    private LivePort(LibPcapLiveDevice device, ReplayOptions options)
    {
        _device = device;
        // Of what the system does not list, such as some capture cards, nothing is known but its frames.
        _isListed = Interfaces.StateOf(device.Name) != InterfaceState.Gone;
        _faults = options.Faults.Port;
        _losses = new Losses(options.Drop);
        _slots = options.Ring;
        _numbers = new long[_slots];
        WallClock = (long)(DateTime.UtcNow - DateTime.UnixEpoch).TotalMicroseconds;
    }

    /// <summary>Microseconds to add to <see cref="Now"/> for Unix time.</summary>
    public long WallClock { get; private set; }

    /// <summary>A slot of the batch: the number of its frame, from 1 since the start.</summary>
    public long[] Numbers => _numbers;

    /// <summary>Sees whether any frame is of the site's home network; null for nobody.</summary>
    public HomeWatch? Home { get; set; }

    /// <summary>The interface is no longer there; nothing more will come.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Frames that reached the port; without a link none does.</summary>
    public long Frames => _read - _unseen + _drops.Total;

    /// <summary>Octets of those frames, but for those that the kernel dropped.</summary>
    public long Octets { get; private set; }

    /// <summary>Frames that the interest mask let through, lost ones included; what the kernel dropped counts as such.</summary>
    public long Kept => _kept + _drops.Total;

    /// <summary>Frames that the kernel dropped for want of room, or that were lost on purpose.</summary>
    public long Lost => _drops.Total + _lost;

    /// <summary>The interfaces that can be watched.</summary>
    /// <exception cref="ReplayException">There is no libpcap to ask.</exception>
    public static string[] Names()
    {
        try
        {
            return [.. Names(LibPcapLiveDeviceList.Instance)];
        }
        catch (DllNotFoundException e)
        {
            throw WithoutLibpcap(e);
        }
    }

    /// <summary>Opens an interface.</summary>
    /// <param name="options">Its name, the slots of the ring, and what fails.</param>
    /// <exception cref="ReplayException">It can't be watched; the message says why and what helps.</exception>
    public static LivePort Open(ReplayOptions options)
    {
        string name = options.Interface!;
        if (name == "any")
        {
            throw new ReplayException("any: stands for all interfaces of Linux, in frames of its own; name one that carries Ethernet");
        }

        try
        {
            LibPcapLiveDeviceList all = LibPcapLiveDeviceList.Instance;
            LibPcapLiveDevice? device = null;
            foreach (LibPcapLiveDevice one in all)
            {
                device = one.Name == name ? one : device;
            }

            if (device is null)
            {
                throw new ReplayException($"there is no network interface '{name}' that can be watched; there are: {string.Join(", ", Names(all))}");
            }

            Open(device);
            if (device.LinkType != PacketDotNet.LinkLayers.Ethernet)
            {
                device.Dispose();
                throw new ReplayException($"{name}: carries {device.LinkType}; the tap sees Ethernet only");
            }

            return new LivePort(device, options);
        }
        catch (DllNotFoundException e)
        {
            throw WithoutLibpcap(e);
        }
        catch (PcapException e)
        {
            string remedy = e.Error switch
            {
                PcapError.InterfaceNotUp => $"; it is switched off: ip link set {name} up",
                PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied => "; it needs root, or CAP_NET_RAW and CAP_NET_ADMIN",
                _ => string.Empty,
            };
            throw new ReplayException($"{name}: can't be watched: {e.Message}{remedy}", e);
        }
    }

    /// <summary>Microseconds since the start.</summary>
    public long Now() => (long)Stopwatch.GetElapsedTime(_started).TotalMicroseconds;

    /// <inheritdoc/>
    public long Read(SlotBatch batch)
    {
        long begun = Now();
        while (batch.Count < _slots && Next(out PacketCapture packet))
        {
            Take(packet, batch);
            if (batch.Count == 0 && Now() - begun > TapProgram.WaitMicroseconds)
            {
                break;
            }
        }

        if (batch.Count == 0)
        {
            Thread.Sleep(GatherTime);
        }

        // What libpcap still gathers may be as old as that.
        long reached = Now() - (2 * GatherTime * 1000);
        _newest = batch.Count < _slots && reached > _newest ? reached : _newest;
        return _newest;
    }

    /// <inheritdoc/>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings) =>
        _intake.UseInterest(octets, at, ranges, openingsAt, openings);

    /// <inheritdoc/>
    public long Counter(int which)
    {
        switch (which)
        {
            case PortCounter.Received:
                return Frames - _missed;
            case PortCounter.Kept:
                return Kept;
            case PortCounter.Lost:
                return Lost;
            case PortCounter.Missed:
                return _missed;
            case PortCounter.Transmitted:
                return 0;
            default:
                return _intake.Counter(which - PortCounter.Unicast);
        }
    }

    /// <inheritdoc/>
    public bool IsLinkUp()
    {
        // Asked once a second: the time to look at what the kernel has dropped, too.
        InterfaceState state = Look();
        if (!_isBroken && !IsGone)
        {
            _isBroken = !_drops.Look(_device);
        }

        return state == InterfaceState.Up && !_isBroken && _faults.Link.IsUp(Now());
    }

    /// <inheritdoc/>
    public bool IsReady() => true;

    /// <inheritdoc/>
    public void ResetReceiver() => _faults.Reset(Now());

    /// <inheritdoc/>
    public void StartWatchdog(int milliseconds)
    {
    }

    /// <inheritdoc/>
    public void FeedWatchdog()
    {
    }

    /// <inheritdoc/>
    public int RestartReason() => Firmware.RestartReason.PowerOn;

    /// <inheritdoc/>
    public long Memory(int which) => -1;

    /// <inheritdoc/>
    public void Dispose() => _device.Dispose();

    private static ReplayException WithoutLibpcap(DllNotFoundException e) =>
        new("live needs libpcap, which is not installed: apt-get install libpcap0.8 (Debian, Ubuntu)", e);

    private static System.Collections.Generic.IEnumerable<string> Names(LibPcapLiveDeviceList all)
    {
        // What Open refuses by its name is none of them.
        foreach (LibPcapLiveDevice one in all.Where(one => one.Name != "any"))
        {
            yield return one.Name;
        }
    }

    private static void Open(LibPcapLiveDevice device)
    {
        device.Open(new DeviceConfiguration
        {
            Mode = DeviceModes.Promiscuous,
            ReadTimeout = GatherTime,
            Snaplen = Snapshot,
        });

        // Else libpcap waits in its own loop for an interface that is switched off, and nobody would learn of that.
        device.NonBlockingMode = true;
    }

    private InterfaceState Look()
    {
        InterfaceState state = _isListed ? Interfaces.StateOf(_device.Name) : InterfaceState.Up;
        IsGone |= state == InterfaceState.Gone;
        return state;
    }

    // What can't be read is a link that is lost, and it is opened again when the interface is back.
    private bool Next(out PacketCapture packet)
    {
        packet = default;
        try
        {
            if (_isBroken && !IsGone && Look() == InterfaceState.Up)
            {
                _device.Close();
                Open(_device);
                _drops.Reopened();
                _isBroken = false;
            }

            if (!_isBroken && !IsGone)
            {
                GetPacketStatus status = _device.GetNextPacket(out packet);
                if (status is GetPacketStatus.PacketRead or GetPacketStatus.ReadTimeout)
                {
                    return status == GetPacketStatus.PacketRead;
                }
            }
        }
        catch (PcapException)
        {
            // As if it had said so by its status.
        }

        _isBroken = true;
        Look();
        Thread.Sleep(RestTime);
        return false;
    }

    // The kernel's stamps are of this machine's clock. When that is set, the box's own time goes on, and only the time of day
    // steps.
    private long StampOf(long time)
    {
        long now = Now();
        if (Math.Abs(time - WallClock - now) > LongestWait)
        {
            WallClock = time - now;
        }

        return time - WallClock;
    }

    private void Take(PacketCapture packet, SlotBatch batch)
    {
        ReadOnlySpan<byte> data = packet.Data;
        int length = Math.Min(data.Length, Snapshot);
        int wireLength = (int)((PcapHeader)packet.Header).PacketLength;
        data[..length].CopyTo(_frame);
        _read++;
        long stamp = StampOf((long)(packet.Header.Timeval.Date - DateTime.UnixEpoch).TotalMicroseconds);
        _newest = Math.Max(_newest, stamp);
        FrameFate fate = _faults.IsAny ? _faults.FateAt(_newest) : FrameFate.Delivered;
        if (fate == FrameFate.Unseen)
        {
            _unseen++;
            return;
        }

        Octets += wireLength;
        if (fate == FrameFate.Missed)
        {
            _missed++;
            return;
        }

        Interest interest = _intake.Take(_frame, 0, length, wireLength, _newest);
        Home?.See(_intake.Frame);
        if (interest is Interest.Skip or Interest.Copy)
        {
            return;
        }

        _kept++;
        if (_losses.Takes())
        {
            _lost++;
            return;
        }

        _numbers[batch.Count] = _read;
        _intake.Put(batch);
    }
}
