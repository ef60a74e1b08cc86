using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Judging;

/// <summary>
/// What is known of an attempt beside its frame: the time of day, what the site profile explains, whether its target lives.
/// </summary>
public sealed class SiteView
{
    /// <summary>Which home hosts were heard.</summary>
    public readonly Hosts Hosts;

    private readonly KeyedHash _hash;

    /// <summary>The table in use.</summary>
    public SignatureTable Table;

    /// <summary>What must be added to a stamp to get Unix time, microseconds.</summary>
    public long ClockOffset;

    /// <summary>What must be added to a tracker's time, which turns over, to get Unix time, microseconds.</summary>
    public long WallOffset;

    /// <summary>Makes a view.</summary>
    public SiteView(SignatureTable table, KeyedHash hash, Hosts hosts)
    {
        Table = table;
        _hash = hash;
        Hosts = hosts;
    }

    /// <summary>Sets the wall clock.</summary>
    /// <param name="offset">What must be added to a stamp to get Unix time, in microseconds.</param>
    /// <param name="turned">What the trackers' centiseconds have lost by turning over, in microseconds.</param>
    public void SetWallClock(long offset, long turned)
    {
        ClockOffset = offset;
        WallOffset = offset + turned;
    }

    /// <summary>The wall clock at a probe, microseconds since 1970.</summary>
    /// <param name="probe">Its times are known.</param>
    public long WallOf(Probe probe)
    {
        return (probe.Now * 10000L) + (probe.Fine * 10) + WallOffset;
    }

    /// <summary>Adds to an attempt what was not worth keeping for every one.</summary>
    /// <param name="probe">The attempt.</param>
    public void Complete(Probe probe)
    {
        probe.Wall = WallOf(probe);
        probe.Number = NumberOf(probe, probe.Target, probe.DestinationAt);
        probe.Expected = Table.Expected == 0 ? -1
            : Table.ExpectedOfAttempt(probe.Version, probe.Actor, probe.Target, probe.Addresses, probe.SourceAt,
                probe.DestinationAt,
                probe.Protocol, probe.Port);
    }

    /// <summary>The number of one end of a probe, by which trackers know it.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="address">The end's address, or its hash.</param>
    /// <param name="addressAt">Where that stands if it is an IPv6 address.</param>
    public int NumberOf(Probe probe, int address, int addressAt)
    {
        return probe.Version == 6 ? _hash.NumberOfSix(probe.Addresses, addressAt) : probe.NumberOf(address);
    }

    /// <summary>The number of an IPv4 address.</summary>
    /// <param name="address">The address.</param>
    public int NumberOfFour(int address)
    {
        return (ushort)(address + ((address >> 16) * Probe.NumberShift));
    }

    /// <summary>The number of an IPv6 address.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public int NumberOfSix(byte[] from, int at)
    {
        return _hash.NumberOfSix(from, at);
    }

    /// <summary>The living bit of an IPv4 address, -1 when it is not at home.</summary>
    /// <param name="address">The address.</param>
    public int LivingBitOf(int address)
    {
        SignatureTable table = Table;
        int home = address - table.LargestHome;
        if ((uint)home < (uint)table.LargestHomeSize)
        {
            home += table.LargestHomeBase;
        }
        else
        {
            home = table.HomeRanges > 1 ? table.HomeIndex(address) : -1;
        }

        Hosts hosts = Hosts;
        return home < 0 || hosts.IsExact ? home : hosts.BitOf(home);
    }

    /// <summary>The living bit of a probe's target, -1 when it is not at home.</summary>
    /// <param name="probe">The probe.</param>
    public int LivingBitOf(Probe probe)
    {
        return probe.Version == 4 ? LivingBitOf(probe.Target)
            : Table.IsHome6(probe.Addresses, probe.DestinationAt) ? Hosts.BitOf6(probe.Target) : -1;
    }

    /// <summary>Whether a probe's target is a home host that never spoke.</summary>
    /// <param name="probe">Its living bit is known.</param>
    public bool IsDark(Probe probe)
    {
        return probe.LivingBit >= 0 && !Hosts.Lives(probe.LivingBit);
    }

    /// <summary>Whether a target of a probe's suspicion that was dark still is.</summary>
    /// <param name="number">The target's number.</param>
    /// <param name="probe">A probe of the same suspicion.</param>
    public bool IsStillDark(int number, Probe probe)
    {
        if (probe.Version != 4)
        {
            return true;
        }

        int bit = LivingBitOf(probe.AddressOf(number, probe.Target));
        return bit < 0 || !Hosts.Lives(bit);
    }

    /// <summary>Whether a home host was heard this week or the week before.</summary>
    /// <param name="bit">Its living bit.</param>
    public bool Lives(int bit)
    {
        return Hosts.Lives(bit);
    }

    /// <summary>
    /// Whether all IPv4 home addresses lie in the 256 of a probe's target, so that the last octet says which it is.
    /// </summary>
    /// <param name="probe">An IPv4 probe.</param>
    public bool IsOneNetwork(Probe probe)
    {
        return probe.Version == 4 && Table.HomeRanges == 1 && (probe.Target & ~255) == (Table.LargestHome & ~255)
            && ((Table.LargestHome + Table.LargestHomeSize - 1) & ~255) == (probe.Target & ~255);
    }

    /// <summary>How long the tap has been listening, centiseconds.</summary>
    /// <param name="now">Centiseconds.</param>
    public int UptimeAt(int now)
    {
        return now - Hosts.Since;
    }

    /// <summary>Whether enough is known to call a silent home host dark.</summary>
    /// <param name="now">Centiseconds.</param>
    public bool CanTellDark(int now)
    {
        return Hosts.CanTellDark(now);
    }

    /// <summary>Whether a signature names the service of a group.</summary>
    /// <param name="signature">The signature, -1 for none.</param>
    public bool IsOfGroup(int signature)
    {
        return signature >= 0 && (Table.Traits(signature) & Traits.RestrictedService) != 0;
    }
}
