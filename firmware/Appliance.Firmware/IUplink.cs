namespace Appliance.Firmware;

/// <summary>
/// The way to the collector: one connection at a time, over the network interface that is not the mirror's. No call blocks for
/// longer than <see cref="UplinkState.LongestCall"/>; what takes longer goes on by itself, and <see cref="State"/> tells how it
/// went.
/// </summary>
public interface IUplink
{
    /// <summary>The network interface has a link and an address.</summary>
    bool IsLinkUp();

    /// <summary>The network interface is known to have a link, with an address or without.</summary>
    bool HasCarrier();

    /// <summary>The six octets of its MAC address.</summary>
    byte[] MacAddress();

    /// <summary>Begins to connect; a connection that was there is closed.</summary>
    /// <param name="protocol">A constant of <see cref="Messages.CollectorAddress"/>.</param>
    /// <param name="host">A name or a literal address, ASCII.</param>
    /// <param name="port">The port.</param>
    /// <param name="authority">Octets among which the certificate authority of a TLS collector stands.</param>
    /// <param name="authorityAt">Where it begins.</param>
    /// <param name="authorityLength">Octets of it, DER; 0 for none.</param>
    void Open(int protocol, byte[] host, int port, byte[] authority, int authorityAt, int authorityLength);

    /// <summary>How the connection is: a constant of <see cref="UplinkState"/>.</summary>
    int State();

    /// <summary>Hands over octets: a datagram as a whole or not at all, of a stream as many as are taken.</summary>
    /// <param name="octets">Where they are.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <returns>Octets taken; 0 when none can be taken now; -1 when the connection is broken, or a datagram was
    /// refused.</returns>
    int Send(byte[] octets, int at, int length);

    /// <summary>Closes the connection.</summary>
    void Close();
}
