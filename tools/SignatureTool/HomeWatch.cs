using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Captures;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool;

/// <summary>Whether any frame is of the site's home network: where none is, silence says nothing about the site.</summary>
public sealed class HomeWatch
{
    /// <summary>Ranges that are named one by one.</summary>
    private const int MostRanges = 6;

    private readonly Func<SignatureTable> _table;

    /// <summary>Watches for a home network.</summary>
    /// <param name="table">The table in use, which may become another one meanwhile.</param>
    public HomeWatch(Func<SignatureTable> table)
    {
        _table = table;
    }

    /// <summary>One frame was.</summary>
    public bool HasSeenHome { get; private set; }

    /// <summary>IP and ARP frames looked at until then.</summary>
    public long Looked { get; private set; }

    /// <summary>There were frames, and none of the home network.</summary>
    public bool IsElsewhere => !HasSeenHome && Looked > 0;

    /// <summary>How many frames are of elsewhere, and which network is not theirs.</summary>
    /// <param name="whose">Whose home it is, as "the site's".</param>
    public string Finding(string whose)
    {
        AddressSet home = new TableReader(_table()).Home();
        string[] ranges = [.. home.Ranges4.Concat(home.Ranges6).Select(r => r.ToString())];
        string more = ranges.Length > MostRanges ? string.Create(CultureInfo.InvariantCulture, $" and {ranges.Length - MostRanges} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"none of {Looked:N0} IP and ARP frames is of {whose} home network, ")
            + string.Join(", ", ranges.Take(MostRanges)) + more;
    }

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
                bool isHome = IsHome6(addresses, 0) || IsHome6(addresses, 16);
                if (isHome || !IsAnywhere(addresses, 0))
                {
                    Note(isHome);
                }

                break;
        }
    }

    private bool IsHome6(byte[] addresses, int at) => !IsAnywhere(addresses, at) && _table().IsHome6(addresses, at);

    // Link-local addresses (RFC 4291, section 2.5.6) and "::" are the same in every network, and say nothing of which one it is.
    private static bool IsAnywhere(byte[] addresses, int at) => (addresses[at] == 0xfe && addresses[at + 1] >> 6 == 2)
        || addresses.AsSpan(at, 16).IndexOfAnyExcept((byte)0) < 0;

    private bool IsHome(ReadOnlySpan<byte> address) => _table().HomeIndex(BinaryPrimitives.ReadInt32BigEndian(address)) >= 0;

    private void Note(bool isHome)
    {
        Looked++;
        HasSeenHome = isHome;
    }
}
