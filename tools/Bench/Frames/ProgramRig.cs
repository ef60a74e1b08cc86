using System;
using System.Collections.Generic;
using System.Text;
using Appliance.Bench.Cost;
using Appliance.Bench.Traffic;
using Appliance.Firmware;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Bench.Frames;

/// <summary>
/// The whole program of the box, around it nothing: in the turns that are counted no frames come, so that each costs what the
/// loop itself does. What the adapters do is not counted, but for the calls.
/// </summary>
internal sealed class ProgramRig : IAlertSink, IMirrorPort, IStorage, IUplink, IClock, ILight, IKeyCheck
{
    private const long Second = 1_000_000;
    private const long Today = 1_795_000_000 * Second;

    // 4,000 frames a second.
    private const long FrameGap = 250;

    private const uint Stranger = 0xc0000201;

    private static readonly string[] None = [];

    private readonly Queue<byte[]> _frames = new();
    private readonly MirrorRing? _ring;
    private readonly TapProgram _program;
    private readonly List<string> _lines = [];
    private bool _hasTold;
    private long _now;
    private long _offset = Today;
    private int _state = UplinkState.Closed;

    /// <summary>Makes a box and starts it.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="ring">Where its frames come from; null: from <see cref="Storm"/> alone.</param>
    /// <param name="slots">Slots of a batch.</param>
    /// <param name="hasEyes">The board has the memory for the imaging eyes.</param>
    public ProgramRig(byte[] table, MirrorRing? ring = null, int slots = 8, bool hasEyes = true)
    {
        _ring = ring;
        var settings = new TapSettings
        {
            BuiltIn = () => table,
            Slots = slots,
            QueueOctets = 3008,
            NeedsKeys = false,
            HasImaging = hasEyes,
        };
        _program = new TapProgram(settings, this, this, this, this, this, this) { Copy = this };
        _program.Start();
    }

    /// <summary>The mirror port has a link.</summary>
    public bool HasLink { get; set; } = true;

    /// <summary>Frames that were received.</summary>
    public long Received { get; set; } = 1_234_567_890_123;

    /// <summary>Frames that found the ring full.</summary>
    public long Lost { get; set; }

    /// <summary>Frames that were left out while the ring filled.</summary>
    public long LeftOut => _program.Relief.LeftOut;

    /// <summary>The uplink has a link.</summary>
    public bool HasUplink { get; set; } = true;

    /// <summary>
    /// Strangers walk over the home network, by one port each, and as many through the ports of a host each. All are told, and
    /// then grow so soon that their next lines come due at once.
    /// </summary>
    /// <param name="strangers">How many of each.</param>
    public void Storm(int strangers)
    {
        const int Told = 30;
        const int Grown = 90;
        for (int i = 0; i < Grown; i++)
        {
            for (uint stranger = 0; stranger < strangers; stranger++)
            {
                uint target = SensorRig.Home + 20 + (uint)i;
                _frames.Enqueue(FrameBuilder.Tcp(Stranger + stranger, 50000 + i, target, 12345 + (int)stranger, Tcp.Syn, 77, 0, 0));
                target = SensorRig.Home + 150 + stranger;
                _frames.Enqueue(FrameBuilder.Tcp(Stranger + 128 + stranger, 50000 + i, target, 2000 + i, Tcp.Syn, 77, 0, 0));
            }

            if (i == Told)
            {
                // Whoever does not answer has not after three seconds; then the first lines go out.
                PassUncounted(6);
            }
        }

        PassUncounted(0);
    }

    /// <summary>More senders broadcast than are remembered, so that the watch over the detectors has something to tell.</summary>
    public void Flood()
    {
        for (int i = 0; i < Limits.BroadcastSenders * 3; i++)
        {
            byte[] frame = FrameBuilder.Udp(SensorRig.Home + (uint)i, 40_404, uint.MaxValue, 40_404, 8);
            frame.AsSpan(0, 6).Fill(255);
            _frames.Enqueue(frame);
        }

        PassUncounted(0);
    }

    /// <summary>Lets time pass, and counts each turn of it.</summary>
    /// <param name="seconds">How much.</param>
    /// <returns>Instructions of each turn.</returns>
    public IEnumerable<long> Turns(int seconds)
    {
        for (long end = _now + (seconds * Second); _now < end;)
        {
            yield return CountedTurn();
        }
    }

    /// <summary>One turn of the loop.</summary>
    /// <returns>Its instructions.</returns>
    public long CountedTurn()
    {
        Meter.Reset();
        return FurtherTurn();
    }

    /// <summary>One turn of the loop, counted beside those before.</summary>
    /// <returns>Its instructions.</returns>
    public long FurtherTurn()
    {
        long before = Meter.Total;
        Meter.Resume();
        _program.Turn();
        Meter.Pause();
        return Meter.Total - before;
    }

    /// <summary>Lets time pass while the loop is at work.</summary>
    /// <param name="microseconds">How much.</param>
    public void Pass(long microseconds) => _now += microseconds;

    /// <summary>Whether some line has had words since the start.</summary>
    /// <param name="words">The words.</param>
    public bool HasTold(string words)
    {
        _hasTold = _hasTold || _lines.Exists(line => line.Contains(words, StringComparison.Ordinal));
        _lines.Clear();
        return _hasTold;
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity) => _lines.Add(Encoding.ASCII.GetString(line, 0, length));

    /// <inheritdoc/>
    public long Read(SlotBatch batch)
    {
        if (_ring != null)
        {
            _now = _ring.Read(batch, _now, TapProgram.WaitMicroseconds);
            Lost = _ring.Lost;
            return _now;
        }

        if (_frames.Count == 0)
        {
            return _now += TapProgram.WaitMicroseconds;
        }

        while (batch.Count < batch.Stamps.Length && _frames.TryDequeue(out byte[]? frame))
        {
            batch.Put(frame, 0, frame.Length, frame.Length, false, _now += FrameGap);
        }

        return _now;
    }

    /// <inheritdoc/>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings)
    {
        if (_ring != null)
        {
            _ring.Mask = new InterestMask(octets, at, ranges, openingsAt, openings, _ring.Mask);
        }
    }

    /// <inheritdoc/>
    public long Counter(int which) => which switch
    {
        PortCounter.Received => Received,
        PortCounter.Kept => Received / 3,
        PortCounter.Lost => Lost,
        PortCounter.Missed => 987_654_321,
        _ => 0,
    };

    bool IMirrorPort.IsLinkUp() => HasLink;

    /// <inheritdoc/>
    public bool IsReady() => true;

    /// <inheritdoc/>
    public void ResetReceiver()
    {
    }

    /// <inheritdoc/>
    public void StartWatchdog(int milliseconds)
    {
    }

    /// <inheritdoc/>
    public void FeedWatchdog()
    {
    }

    /// <inheritdoc/>
    int IMirrorPort.RestartReason() => RestartReason.PowerOn;

    /// <inheritdoc/>
    public long Memory(int which) => which == MemoryFigure.Free ? 58_572 : which == MemoryFigure.Block ? 46_328 : 4_000_000;

    /// <inheritdoc/>
    public bool Exists(string path) => false;

    /// <inheritdoc/>
    public long LengthOf(string path) => -1;

    int IStorage.Read(string path, int from, byte[] into) => -1;

    /// <inheritdoc/>
    public bool Write(string path, byte[] head, byte[] body) => true;

    /// <inheritdoc/>
    public bool Delete(string path) => true;

    /// <inheritdoc/>
    public bool Move(string from, string to) => false;

    /// <inheritdoc/>
    public long Free() => 200_000;

    /// <inheritdoc/>
    public string[] List(string folder) => None;

    bool IUplink.IsLinkUp() => HasUplink;

    /// <inheritdoc/>
    public bool HasCarrier() => HasUplink;

    /// <inheritdoc/>
    public byte[] MacAddress() => [2, 0, 0, 0x1f, 0x2e, 0x3d];

    /// <inheritdoc/>
    public void Open(int protocol, byte[] host, int port, byte[] authority, int authorityAt, int authorityLength) => _state = UplinkState.Open;

    /// <inheritdoc/>
    public int State() => _state;

    /// <inheritdoc/>
    public int Send(byte[] octets, int at, int length) => HasUplink ? length : -1;

    /// <inheritdoc/>
    public void Close() => _state = UplinkState.Closed;

    /// <inheritdoc/>
    public long Now() => _now;

    /// <inheritdoc/>
    public long Offset() => _offset;

    /// <inheritdoc/>
    public void SetOffset(long offset) => _offset = offset;

    /// <inheritdoc/>
    public bool Ask(byte[] server, byte[] request) => true;

    /// <inheritdoc/>
    public int Answer(byte[] answer) => 0;

    /// <inheritdoc/>
    public long AskedAt() => _now;

    /// <inheritdoc/>
    public long AnsweredAt() => _now;

    /// <inheritdoc/>
    public int Random() => 4;

    /// <inheritdoc/>
    public bool Show(int colour) => true;

    /// <inheritdoc/>
    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at) => false;

    /// <inheritdoc/>
    public bool IsKey(byte[] octets, int at) => true;

    /// <inheritdoc/>
    public void Hash(byte[] octets, int at, int length, byte[] hash) => Array.Clear(hash);

    // Turns that nobody counts, until no frame waits and some time is over.
    private void PassUncounted(int seconds)
    {
        for (long end = _now + (seconds * Second); _frames.Count > 0 || _now < end;)
        {
            _program.Turn();
        }
    }
}
