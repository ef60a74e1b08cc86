using System.Collections.Generic;

namespace Appliance.SignatureTool.Learning;

/// <summary>A service that a host is asked for: protocol and port.</summary>
/// <param name="Protocol">6 or 17.</param>
/// <param name="Port">The port.</param>
internal readonly record struct Service(int Protocol, int Port)
{
    /// <inheritdoc/>
    public override string ToString() => (Protocol == 6 ? "tcp/" : "udp/")
        + Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a capture shows of one client and one service of one server.</summary>
internal sealed class Relation
{
    /// <summary>Who asked.</summary>
    public required uint Client { get; init; }

    /// <summary>Who was asked.</summary>
    public required uint Server { get; init; }

    /// <summary>For what.</summary>
    public required Service Service { get; init; }

    /// <summary>Connections begun, or datagram flows.</summary>
    public int Attempts { get; set; }

    /// <summary>Those that were accepted.</summary>
    public int Accepted { get; set; }

    /// <summary>Those in which both sides sent data.</summary>
    public int Conversations { get; set; }

    /// <summary>Days, since 1970, on which a connection or flow was accepted.</summary>
    public SortedSet<long> AcceptedDays { get; } = [];

    /// <summary>Octets of data that the client sent.</summary>
    public long Sent { get; set; }

    /// <summary>Octets of data that the server sent.</summary>
    public long Received { get; set; }

    /// <summary>Days, since 1970, on which both sides sent data.</summary>
    public SortedSet<long> Days { get; } = [];

    /// <summary>What the first data of a client looked like; several may be true of a port over time.</summary>
    public Speech Speech { get; set; }
}

/// <summary>What a client's first octets say of the protocol, whatever the port.</summary>
[System.Flags]
internal enum Speech
{
    /// <summary>Nothing that is known here.</summary>
    None = 0,

    /// <summary>A DICOM A-ASSOCIATE-RQ (PS3.8, 9.3.2).</summary>
    Dicom = 1,

    /// <summary>An HL7 message in MLLP.</summary>
    Hl7 = 2,

    /// <summary>A request that only a proxy takes: CONNECT, or an absolute URL (RFC 9112, 3.2).</summary>
    Proxy = 4,
}
