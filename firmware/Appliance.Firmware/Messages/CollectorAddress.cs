namespace Appliance.Firmware.Messages;

/// <summary>A collector's address, such as <c>udp://192.0.2.10:514</c>, <c>tcp://[2001:db8::1]:601</c> or
/// <c>tls://syslog.example:6514</c>.</summary>
public sealed class CollectorAddress
{
    /// <summary>There is none.</summary>
    public const int None = 0;

    /// <summary>One datagram a message (RFC 5426).</summary>
    public const int Udp = 1;

    /// <summary>A stream with octet counting (RFC 6587 section 3.4.1).</summary>
    public const int Tcp = 2;

    /// <summary>The same in TLS (RFC 5425).</summary>
    public const int Tls = 3;

    /// <summary>Where syslog is heard when the address names no port: RFC 5426 section 3.3; TLS: RFC 5425 section 4.1.</summary>
    private const int DefaultPort = 514;
    private const int DefaultTlsPort = 6514;

    /// <summary>How to speak to it, a constant of this class; <see cref="None"/> when the text is no address.</summary>
    public int Protocol;

    /// <summary>A name or a literal address without brackets, ASCII.</summary>
    public byte[] Host = new byte[0];

    /// <summary>The port.</summary>
    public int Port;

    /// <summary>Takes an address apart. It is done when a table is taken, not in the loop: it makes an array for the
    /// host.</summary>
    /// <param name="text">Where the address stands.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Octets of it.</param>
    public void Parse(byte[] text, int at, int length)
    {
        Protocol = None;
        Host = new byte[0];
        int end = at + length;
        if (length < 7 || text[at + 3] != ':' || text[at + 4] != '/' || text[at + 5] != '/')
        {
            return;
        }

        int protocol = IsWord(text, at, 'u', 'd', 'p') ? Udp : IsWord(text, at, 't', 'c', 'p') ? Tcp : IsWord(text, at, 't', 'l',
            's') ? Tls : None;
        int from = at + 6;
        int to = from;
        if (text[from] == '[')
        {
            from++;
            to = from;
            while (to < end && text[to] != ']')
            {
                to++;
            }

            if (to == end)
            {
                return;
            }

            at = to + 1;
        }
        else
        {
            while (to < end && text[to] != ':' && text[to] != '/')
            {
                to++;
            }

            at = to;
        }

        int port = protocol == Tls ? DefaultTlsPort : DefaultPort;
        if (at < end && text[at] == ':')
        {
            port = 0;
            for (at++; at < end && text[at] >= '0' && text[at] <= '9' && port < 65536; at++)
            {
                port = (port * 10) + text[at] - '0';
            }
        }

        if (to == from || port < 1 || port > 65535 || (at < end && text[at] != '/'))
        {
            return;
        }

        Host = new byte[to - from];
        System.Array.Copy(text, from, Host, 0, Host.Length);
        Port = port;
        Protocol = protocol;
    }

    private bool IsWord(byte[] text, int at, char first, char second, char third)
    {
        return text[at] == first && text[at + 1] == second && text[at + 2] == third;
    }
}
