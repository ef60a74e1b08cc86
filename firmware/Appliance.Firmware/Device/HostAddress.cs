using System.Net;

namespace Appliance.Firmware.Device;

/// <summary>Turns a host's name or literal address into an address.</summary>
public sealed class HostAddress
{
    /// <summary>The address of a host; a name is asked for at the name server, which may take some seconds. On the device the
    /// whole interpreter waits for it, whichever thread asks.</summary>
    /// <param name="host">ASCII.</param>
    public IPAddress Of(byte[] host)
    {
        byte[] octets = new byte[4];
        int part = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= host.Length; i++)
        {
            if (i == host.Length || host[i] == '.')
            {
                if (part > 3 || digits == 0 || value > 255)
                {
                    return Ask(host);
                }

                octets[part] = (byte)value;
                part++;
                value = 0;
                digits = 0;
            }
            else if (host[i] >= '0' && host[i] <= '9' && digits < 3)
            {
                value = (value * 10) + host[i] - '0';
                digits++;
            }
            else
            {
                return Ask(host);
            }
        }

        return part == 4 ? new IPAddress(octets) : Ask(host);
    }

    /// <summary>A host as text.</summary>
    /// <param name="host">ASCII.</param>
    public string TextOf(byte[] host)
    {
        var letters = new char[host.Length];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)host[i];
        }

        return new string(letters);
    }

    private IPAddress Ask(byte[] host)
    {
        return Dns.GetHostEntry(TextOf(host)).AddressList[0];
    }
}
