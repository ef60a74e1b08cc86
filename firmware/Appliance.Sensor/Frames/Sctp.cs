namespace Appliance.Sensor.Frames;

/// <summary>
/// SCTP (RFC 9260): the common header, and the first chunk, which says what the packet does to its association.
/// </summary>
public static class Sctp
{
    /// <summary>Offset of the source port, 2 octets in network byte order.</summary>
    public const int SourcePort = 0;

    /// <summary>Offset of the destination port, 2 octets in network byte order.</summary>
    public const int DestinationPort = 2;

    /// <summary>Offset of the first chunk's type, 1 octet.</summary>
    public const int FirstChunk = 12;

    /// <summary>Chunk: opens an association.</summary>
    public const int Init = 1;

    /// <summary>Chunk: accepts one.</summary>
    public const int InitAck = 2;

    /// <summary>Chunk: refuses one, or ends it at once.</summary>
    public const int Abort = 6;

    /// <summary>Chunk: the third of the four that open an association; alone it is a scanner's.</summary>
    public const int CookieEcho = 10;
}
