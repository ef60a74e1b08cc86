using System;

namespace Appliance.Traffic;

/// <summary>What common protocols carry, as far as a tap can tell them by it.</summary>
public static class Payload
{
    /// <summary>
    /// A NetBIOS node status query for the name <c>*</c> (RFC 1002, 4.2.17), as nbtstat -A and Windows' resolver send it:
    /// 50 octets.
    /// </summary>
    /// <param name="transaction">Transaction id.</param>
    /// <returns>The datagram's data.</returns>
    public static byte[] NodeStatusQuery(int transaction) =>
        NetBios(transaction, 0x0000, "CK" + new string('A', 30), 0x21);

    /// <summary>A NetBIOS name query (RFC 1002, 4.2.12): 50 octets.</summary>
    /// <param name="transaction">Transaction id.</param>
    /// <param name="name">Up to 15 characters.</param>
    /// <param name="isBroadcast">Asked of everybody.</param>
    /// <returns>The datagram's data.</returns>
    public static byte[] NameQuery(int transaction, string name, bool isBroadcast = true) =>
        NetBios(transaction, isBroadcast ? 0x0110 : 0x0100, Encode(name), 0x20);

    /// <summary>A positive answer to a NetBIOS name query (RFC 1002, 4.2.13): 62 octets.</summary>
    /// <param name="transaction">Transaction id of the query.</param>
    /// <param name="name">Up to 15 characters.</param>
    /// <param name="address">The address of that name, 4 octets.</param>
    /// <returns>The datagram's data.</returns>
    public static byte[] NameAnswer(int transaction, string name, byte[] address) =>
        new Octets().U16(transaction).U16(0x8500).U16(0).U16(1).U16(0).U16(0).U8(32).Text(Encode(name)).U8(0).U16(0x20).U16(1)
            .U32(300).U16(6).U16(0).Add(address).ToArray();

    /// <summary>A DNS query for one name (RFC 1035, 4.1).</summary>
    /// <param name="transaction">Transaction id.</param>
    /// <param name="name">The name, labels separated by points.</param>
    /// <param name="type">Type asked for; 1 is A, 252 AXFR.</param>
    /// <returns>The message, without the length that precedes it over TCP.</returns>
    public static byte[] DnsQuery(int transaction, string name, int type = 1) =>
        Question(new Octets().U16(transaction).U16(0x0100).U16(1).U16(0).U16(0).U16(0), name, type).ToArray();

    /// <summary>A DNS answer with one A record.</summary>
    /// <param name="transaction">Transaction id of the query.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="address">Its address, 4 octets.</param>
    /// <returns>The message.</returns>
    public static byte[] DnsAnswer(int transaction, string name, byte[] address) =>
        Question(new Octets().U16(transaction).U16(0x8180).U16(1).U16(1).U16(0).U16(0), name, 1)
            .U16(0xc00c).U16(1).U16(1).U32(3600).U16(4).Add(address).ToArray();

    /// <summary>An NTP message (RFC 5905, 7.3) with empty stamps: 48 octets.</summary>
    /// <param name="mode">3 client, 4 server.</param>
    /// <returns>The datagram's data.</returns>
    public static byte[] Ntp(int mode) => new Octets().U8(0x20 | mode).U8(mode == 4 ? 2 : 0).U8(6).U8(0xec).PadTo(48).ToArray();

    private static byte[] NetBios(int transaction, int flags, string encodedName, int type) =>
        new Octets().U16(transaction).U16(flags).U16(1).U16(0).U16(0).U16(0).U8(32).Text(encodedName).U8(0).U16(type).U16(1)
        .ToArray();

    private static string Encode(string name)
    {
        // First-level encoding (RFC 1001, 14.1): each half octet becomes a letter, the name padded with blanks, suffix 0.
        char[] encoded = new char[32];
        string padded = name.ToUpperInvariant().PadRight(15)[..15] + '\0';
        for (int i = 0; i < 16; i++)
        {
            encoded[2 * i] = (char)('A' + (padded[i] >> 4));
            encoded[(2 * i) + 1] = (char)('A' + (padded[i] & 15));
        }

        return new string(encoded);
    }

    private static Octets Question(Octets message, string name, int type)
    {
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            message.U8(label.Length).Text(label);
        }

        return message.U8(0).U16(type).U16(1);
    }
}
