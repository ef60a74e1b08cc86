using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>Which broadcasts are worth following, and to whom they are addressed.</summary>
public sealed class BroadcastFrames
{
    private readonly SiteView _site;
    private readonly PeriodicBroadcasts _periodic;
    private readonly FirstContacts _contacts;

    /// <summary>Makes it of what it works on.</summary>
    public BroadcastFrames(SiteView site, PeriodicBroadcasts periodic, FirstContacts contacts)
    {
        _site = site;
        _periodic = periodic;
        _contacts = contacts;
    }

    /// <summary>Takes in an IPv4 broadcast.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        if (!frame.HasPorts || (frame.Protocol == IpProtocol.Udp && OrdinaryBroadcasts.IsUdp(frame.DestinationPort)))
        {
            if (frame.DestinationPort == OrdinaryBroadcasts.WakePort)
            {
                _contacts.SeeWake(probe.Now);
            }

            return;
        }

        probe.SourcePort = frame.SourcePort;
        probe.Port = frame.DestinationPort;
        probe.Ttl = frame.TimeToLive;
        int target = frame.Destination;
        bool isNetwork = target != -1
            && ((byte)target == 0 || (_site.Table.HomeIndex(target) >= 0 && _site.Table.HomeIndex(target - 1) < 0));
        Note(frame, probe, isNetwork ? Broadcasts.NetworkAddress : Broadcasts.AllOnes);
    }

    /// <summary>Takes in a broadcast that is not IP.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its times are known.</param>
    public void TakeLink(Frame frame, Probe probe)
    {
        if (OrdinaryBroadcasts.IsLink(frame.EtherType, frame.ServiceAccessPoints))
        {
            if (frame.EtherType == OrdinaryBroadcasts.WakeType)
            {
                _contacts.SeeWake(probe.Now);
            }

            return;
        }

        byte[] bytes = frame.Bytes;
        int source = frame.Start + Ethernet.Source;
        probe.Version = 0;
        probe.Actor = BigEndian.Read32(bytes, source + 2);
        probe.Target = 0;
        probe.Protocol = frame.EtherType >= 0 ? -1 : -2;
        probe.Port = frame.EtherType >= 0 ? frame.EtherType : frame.ServiceAccessPoints;
        probe.SourcePort = 0;
        probe.Ttl = 0;
        probe.Flags = 0;
        probe.Addresses = bytes;
        probe.SourceAt = source;
        Note(frame, probe, Broadcasts.NotIp);
    }

    private void Note(Frame frame, Probe probe, int form)
    {
        probe.Expected = _site.Table.ExpectedOf(frame);
        _periodic.Take(probe, form);
    }
}
