using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

/// <summary>A frame octet by octet, what it says, and what is wrong with it when it is cut. Checksums are zero: nobody evaluates
/// them.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Octets">Without frame check sequence.</param>
/// <param name="Facts">All that it says, but for its length.</param>
/// <param name="Cuts">Ascending: shorter than so many captured octets, it is undecodable for this reason.</param>
/// <param name="IpAt">Offset of its IP header, 0 for none.</param>
internal sealed record FrameFixture(string Name, byte[] Octets, FrameFacts Facts, (int Below, int Reason)[] Cuts, int IpAt = 0)
{
    /// <summary>Both MAC addresses of a frame from one host to another.</summary>
    public const string Unicast = "020000000002 020000000001 ";

    /// <summary>Both MAC addresses of a broadcast.</summary>
    public const string ToAll = "ffffffffffff 020000000001 ";

    /// <summary>Every frame of every protocol.</summary>
    public static IReadOnlyList<FrameFixture> All { get; } =
    [
        .. EthernetTests.Fixtures, .. LlcTests.Fixtures, .. ArpTests.Fixtures, .. Ipv4Tests.Fixtures, .. Ipv6Tests.Fixtures,
        .. TcpTests.Fixtures, .. UdpTests.Fixtures, .. IcmpTests.Fixtures,
    ];

    /// <summary>Makes one from hexadecimal digits.</summary>
    public static FrameFixture Of(string name, string hex, FrameFacts facts, (int Below, int Reason)[] cuts, int ipAt = 0)
    {
        byte[] octets = Traffic.Octets.Hex(hex);
        return new(name, octets, facts with { CapturedEnd = octets.Length, WireEnd = octets.Length }, cuts, ipAt);
    }

    public override string ToString() => Name;

    /// <summary>The reason when only the first octets are captured of all that the wire carried.</summary>
    public int ReasonWhenCaptured(int octets)
    {
        foreach ((int below, int reason) in Cuts)
        {
            if (octets < below)
            {
                return reason;
            }
        }

        return Facts.Problem;
    }

    /// <summary>The reason when the wire itself carried no more: then the IP length says more than there is.</summary>
    public int ReasonWhenCarried(int octets)
    {
        if (IpAt != 0)
        {
            bool isSix = Octets[IpAt] >> 4 == 6;
            int length = isSix ? 40 + ((Octets[IpAt + 4] << 8) | Octets[IpAt + 5]) : (Octets[IpAt + 2] << 8) | Octets[IpAt + 3];
            if (octets >= IpAt + (isSix ? Ipv6.HeaderLength : Ipv4.HeaderLength) && octets < IpAt + length)
            {
                return Undecodable.IpLengthLies;
            }
        }

        return ReasonWhenCaptured(octets);
    }

    /// <summary>Decodes it at the start of an array and inside a larger one, and compares every field.</summary>
    public void Check()
    {
        foreach (int start in new[] { 0, 77 })
        {
            byte[] slots = new byte[start + Octets.Length];
            Octets.CopyTo(slots, start);
            var frame = new Frame();
            frame.Decode(slots, start, Octets.Length, Octets.Length);
            Assert.AreSame(slots, frame.Bytes, Name);
            Assert.AreEqual(start, frame.Start, Name);
            Assert.AreEqual(Facts, FrameFacts.Of(frame), Name);
        }
    }

    /// <summary>The reason for which octets are undecodable; all fields are read too, and none of that may throw.</summary>
    public static int ReasonOf(byte[] octets, int wireLength)
    {
        var frame = new Frame();
        frame.Decode(octets, 0, octets.Length, wireLength);
        return FrameFacts.Of(frame).Problem;
    }

    /// <summary>The reason when two octets of it are another number.</summary>
    public int ReasonWith(int at, int value)
    {
        byte[] changed = [.. Octets];
        changed[at] = (byte)(value >> 8);
        changed[at + 1] = (byte)value;
        return ReasonOf(changed, changed.Length);
    }

    /// <summary>The reason when one octet of it is another number.</summary>
    public int ReasonWithOctet(int at, int value)
    {
        byte[] changed = [.. Octets];
        changed[at] = (byte)value;
        return ReasonOf(changed, changed.Length);
    }
}
