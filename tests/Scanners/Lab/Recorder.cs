using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests.Lab;

/// <summary>What passes a mirror port, recorded by tcpdump, each frame cut to what the tap keeps of it.</summary>
internal sealed class Recorder : IDisposable
{
    /// <summary>Octets of a frame that the ring's slot holds.</summary>
    private const int SlotLength = 128;

    /// <summary>KiB for what was not read yet: an image of 200 MB comes faster than this process reads it.</summary>
    private const string Buffer = "65536";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _tcpdump;
    private readonly Task<Capture> _frames;
    private readonly IPAddress _end;
    private readonly string _mirror;

    private Recorder(Process tcpdump, string mirror)
    {
        _tcpdump = tcpdump;
        _mirror = mirror;

        // The datagram that says the end goes to nobody: a link-local address that the capture does not keep.
        _end = new IPAddress([169, 254, 77, 2]);
        _frames = Task.Run(() => PcapFile.Read(tcpdump.StandardOutput.BaseStream, IsEnd));
    }

    /// <summary>Begins to record; returns once frames are seen.</summary>
    /// <param name="mirror">The interface.</param>
    public static Recorder Start(string mirror)
    {
        string tool = NeedsToolAttribute.Find("tcpdump") ?? throw new InvalidOperationException("'tcpdump' is not on PATH");
        var start = new ProcessStartInfo(tool,
            ["-i", mirror, "-s", SlotLength.ToString(System.Globalization.CultureInfo.InvariantCulture), "-U", "--immediate-mode",
                "-B", Buffer, "-n", "-w", "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("tcpdump did not start");
        string? line;
        do
        {
            line = process.StandardError.ReadLine();
        }
        while (line is not null && !line.Contains("listening on", StringComparison.Ordinal));

        return line is null ? throw new InvalidOperationException("tcpdump does not listen on " + mirror)
            : new Recorder(process, mirror);
    }

    /// <summary>Ends: every frame that passed until now is in it.</summary>
    /// <returns>The frames, without those of the recorder itself.</returns>
    public Capture Stop()
    {
        ToolRun.Output("ip", "neigh", "replace", _end.ToString(), "lladdr", "02:00:00:00:00:77", "dev", _mirror);
        ToolRun.Output("ip", "route", "replace", _end + "/32", "dev", _mirror);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SendTo([0], new IPEndPoint(_end, 9));
        if (!_frames.Wait(Patience))
        {
            throw new InvalidOperationException("the end of the recording never passed " + _mirror);
        }

        return _frames.Result;
    }

    public void Dispose()
    {
        if (!_tcpdump.HasExited)
        {
            _tcpdump.Kill();
            _tcpdump.WaitForExit();
        }

        _tcpdump.Dispose();
    }

    private bool IsEnd(byte[] frame) => frame.Length >= 34 && frame[12] == 8 && frame[13] == 0
        && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(30)) == BinaryPrimitives.ReadUInt32BigEndian(_end.GetAddressBytes());
}
