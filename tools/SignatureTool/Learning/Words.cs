using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Appliance.SignatureTool.Learning;

/// <summary>Addresses and counts as a proposal writes them.</summary>
internal static class Words
{
    /// <summary>An address.</summary>
    public static string Address(uint address) => new IPAddress(BinaryPrimitives.ReverseEndianness(address)).ToString();

    /// <summary>An IPv4 address as a number; null when it is none.</summary>
    public static uint? NumberOf(string text) => text.Split('.').Length == 4 && IPAddress.TryParse(text, out IPAddress? address)
        ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) : null;

    /// <summary>So many of something.</summary>
    public static string Count(int count, string what) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + what + (count == 1
        ? "" : "s");

    /// <summary>A list of addresses as TOML, neighbours as ranges.</summary>
    public static string Toml(IEnumerable<uint> addresses)
    {
        var ranges = new List<(uint Low, uint High)>();
        foreach (uint address in addresses.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].High + 1 == address)
            {
                ranges[^1] = (ranges[^1].Low, address);
            }
            else
            {
                ranges.Add((address, address));
            }
        }

        return "[" + string.Join(", ", ranges.Select(r => r.Low == r.High ? $"\"{Address(r.Low)}\""
            : $"\"{Address(r.Low)}-{Address(r.High)}\"")) + "]";
    }
}
