using System;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>A host as the user names it, and as frames and trackers know it.</summary>
internal sealed class Actor
{
    // A station stands in the trackers as an address of 0.0.0.0/8 with its MAC's last three octets (Memories/Stations.cs).
    private const int StationMask = 0xffffff;

    private readonly byte[] _octets;

    private Actor(string text, byte[] octets)
    {
        Text = text;
        _octets = octets;
    }

    /// <summary>As lines write it.</summary>
    public string Text { get; }

    /// <summary>4, 6, or 0 for a MAC address.</summary>
    public int Version => _octets.Length == 4 ? 4 : _octets.Length == 16 ? 6 : 0;

    /// <summary>Its IPv4 address as a number; null for another.</summary>
    public int? Number4 => Version == 4 ? NumberOfFour : null;

    /// <summary>Reads an IPv4, IPv6 or MAC address.</summary>
    /// <returns>Null when it is none.</returns>
    public static Actor? Read(string text)
    {
        if (text.Contains('.') && IPAddress.TryParse(text, out IPAddress? four) && four.AddressFamily == AddressFamily.InterNetwork
            && text.Split('.').Length == 4)
        {
            return new Actor(four.ToString(), four.GetAddressBytes());
        }

        if (text.Split(':', '-').Length == 6 && PhysicalAddress.TryParse(text, out PhysicalAddress? mac) && mac.GetAddressBytes()
            .Length == 6)
        {
            byte[] octets = mac.GetAddressBytes();
            return new Actor(BitConverter.ToString(octets).Replace('-', ':').ToLowerInvariant(), octets);
        }

        return text.Contains(':') && IPAddress.TryParse(text, out IPAddress? six) && six.AddressFamily == AddressFamily.InterNetworkV6
            ? new Actor(six.ToString(), six.GetAddressBytes()) : null;
    }

    /// <summary>The number by which the trackers know it.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public int NumberIn(KeyedHash hash) => Version switch
    {
        4 => (_octets[0] << 24) | (_octets[1] << 16) | (_octets[2] << 8) | _octets[3],
        6 => hash.OfAddress(_octets, 0, _octets.Length),
        _ => ((_octets[3] << 16) | (_octets[4] << 8) | _octets[5]) & StationMask,
    };

    /// <summary>Whether a frame is from it.</summary>
    /// <param name="frame">A decoded frame.</param>
    public bool Sends(Frame frame) => Version switch
    {
        4 => (frame.IpVersion == 4 || frame.ArpOperation != 0) && frame.Source == NumberOfFour,
        6 => frame.IpVersion == 6 && frame.Bytes.AsSpan(frame.SourceAt, 16).SequenceEqual(_octets),
        _ => frame.Bytes.AsSpan(frame.Start + 6, 6).SequenceEqual(_octets),
    };

    /// <summary>Whether a frame is to it.</summary>
    /// <param name="frame">A decoded frame.</param>
    public bool Receives(Frame frame) => Version switch
    {
        4 => (frame.IpVersion == 4 || frame.ArpOperation != 0) && frame.Destination == NumberOfFour,
        6 => frame.IpVersion == 6 && frame.Bytes.AsSpan(frame.DestinationAt, 16).SequenceEqual(_octets),
        _ => frame.Bytes.AsSpan(frame.Start, 6).SequenceEqual(_octets),
    };

    private int NumberOfFour => (_octets[0] << 24) | (_octets[1] << 16) | (_octets[2] << 8) | _octets[3];
}
