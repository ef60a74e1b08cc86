using System;
using System.Buffers.Binary;
using Appliance.Playback.Captures;
using Appliance.Sensor.Signatures;

namespace Appliance.Simulator.Box;

/// <summary>Whether any frame is of the site's home network: where none is, silence says nothing about the site.</summary>
internal sealed class HomeWatch
{
    private readonly SignatureTable _table;

    /// <summary>Watches for a table's home network.</summary>
    public HomeWatch(SignatureTable table)
    {
        _table = table;
    }

    /// <summary>One frame was.</summary>
    public bool HasSeenHome { get; private set; }

    /// <summary>IP and ARP frames looked at until then.</summary>
    public long Looked { get; private set; }

    /// <summary>Looks at a frame, unless enough is known.</summary>
    public void See(ReadOnlySpan<byte> frame)
    {
        if (HasSeenHome)
        {
            return;
        }

        int at = LinkHeader.TypeAt(frame);
        if (at < 0)
        {
            return;
        }

        ReadOnlySpan<byte> packet = frame[(at + 2)..];
        switch (BinaryPrimitives.ReadUInt16BigEndian(frame[at..]))
        {
            case 0x0800 when packet.Length >= 20:
                Note(IsHome(packet[12..]) || IsHome(packet[16..]));
                break;
            case 0x0806 when packet.Length >= 28:
                Note(IsHome(packet[14..]) || IsHome(packet[24..]));
                break;
            case 0x86dd when packet.Length >= 40:
                byte[] addresses = packet.Slice(8, 32).ToArray();
                Note(_table.IsHome6(addresses, 0) || _table.IsHome6(addresses, 16));
                break;
        }
    }

    private bool IsHome(ReadOnlySpan<byte> address) => _table.HomeIndex(BinaryPrimitives.ReadInt32BigEndian(address)) >= 0;

    private void Note(bool isHome)
    {
        Looked++;
        HasSeenHome = isHome;
    }
}
