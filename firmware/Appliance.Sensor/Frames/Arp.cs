namespace Appliance.Sensor.Frames;

/// <summary>ARP for IPv4 over Ethernet (RFC 826).</summary>
public static class Arp
{
    /// <summary>
    /// Offset of the hardware type (2 octets), followed by the protocol type (2) and both address lengths (1 each).
    /// </summary>
    public const int HardwareType = 0;

    /// <summary>Offset of the operation, 2 octets in network byte order.</summary>
    public const int Operation = 6;

    /// <summary>Offset of the sender's hardware address, 6 octets.</summary>
    public const int SenderHardware = 8;

    /// <summary>Offset of the sender's protocol address, 4 octets.</summary>
    public const int SenderAddress = 14;

    /// <summary>Offset of the target's protocol address, 4 octets.</summary>
    public const int TargetAddress = 24;

    /// <summary>Octets of a message for IPv4 over Ethernet.</summary>
    public const int MessageLength = 28;

    /// <summary>Operation: who has this address?</summary>
    public const int Request = 1;

    /// <summary>Operation: it is at this hardware address.</summary>
    public const int Reply = 2;
}

public sealed partial class Frame
{
    private void DecodeArp(int at, int end)
    {
        byte[] bytes = Bytes;
        if (end - at < Arp.MessageLength)
        {
            Problem = Undecodable.ArpCutShort;
            return;
        }

        // Hardware type Ethernet, protocol IPv4, lengths 6 and 4: anything else is ARP that says nothing about an IPv4 host.
        if (BigEndian.Read32(bytes, at) != 0x00010800 || BigEndian.Read16(bytes, at + 4) != 0x0604)
        {
            return;
        }

        ArpOperation = BigEndian.Read16(bytes, at + Arp.Operation);
        Source = BigEndian.Read32(bytes, at + Arp.SenderAddress);
        Destination = BigEndian.Read32(bytes, at + Arp.TargetAddress);
    }
}
