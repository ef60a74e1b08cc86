using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.SignatureTool.Learning;

/// <summary>A network that is proposed as home.</summary>
/// <param name="Base">Its first address.</param>
/// <param name="Bits">Its prefix length.</param>
/// <param name="Hosts">Addresses of it that were heard.</param>
internal sealed record HomeNetwork(uint Base, int Bits, int Hosts)
{
    /// <summary>Whether an address is of it.</summary>
    public bool Has(uint address) => (address ^ Base) >> (32 - Bits) == 0;

    /// <inheritdoc/>
    public override string ToString() => Words.Address(Base) + "/" + Bits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Which networks are at home: those whose addresses speak ARP on the mirrored segment, by 24 bits, halves of a larger one
/// together; without ARP the private ones that send.
/// </summary>
internal static class HomeFinder
{
    /// <summary>A network of the size of a large hospital VLAN: nothing larger is made of halves.</summary>
    private const int LeastBits = 20;

    private const int UsualBits = 24;

    /// <summary>Finds them.</summary>
    /// <param name="census">The census.</param>
    /// <param name="isByArp">Whether ARP said so.</param>
    public static List<HomeNetwork> Find(Census census, out bool isByArp)
    {
        isByArp = census.Speakers.Count > 1;
        IEnumerable<uint> hosts = isByArp ? census.Speakers : census.PrivateSenders;
        Dictionary<uint, int> networks = hosts.GroupBy(h => h >> (32 - UsualBits)).ToDictionary(g => g.Key, g => g.Count());

        // One address alone in its /24 is a stray: a laptop that was elsewhere before.
        List<(uint Network, int Bits, int Hosts)> found =
            [.. networks.Where(n => n.Value > 1 || networks.Count == 1).Select(n => (n.Key, UsualBits, n.Value))];
        for (int bits = UsualBits - 1; bits >= LeastBits; bits--)
        {
            foreach (IGrouping<uint, (uint Network, int Bits, int Hosts)> pair in found.Where(f => f.Bits == bits + 1).GroupBy(f =>
                f.Network >> 1)
                .Where(g => g.Count() == 2).ToList())
            {
                found.RemoveAll(f => f.Bits == bits + 1 && f.Network >> 1 == pair.Key);
                found.Add((pair.Key, bits, pair.Sum(p => p.Hosts)));
            }
        }

        return [.. found.OrderBy(f => f.Network).Select(f => new HomeNetwork(f.Network << (32 - f.Bits), f.Bits, f.Hosts))];
    }
}
