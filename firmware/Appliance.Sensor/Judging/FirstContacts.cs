using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Which attempts are first contacts, the only ones that say anything of their actor: whoever asks the same hosts every day makes
/// none after the first day. Where so many are made that their number alone is evidence, and whose silence says nothing, is
/// decided here too.
/// </summary>
public sealed class FirstContacts
{
    /// <summary>
    /// First contacts outwards that fail, from which on an inside host is told as one that sweeps the outside: a console behind a
    /// closed firewall asks for some dozen servers, a worm for hundreds within seconds.
    /// </summary>
    public const int OutwardCrowd = 200;

    // ARP has bursts and no stories: a router gets to know all hosts of a segment in the tap's first hour. One contact is
    // forgotten in 5.1 s.
    private const int BurstPatience = 9;

    private const int DhcpServer = 67;
    private const int DhcpClient = 68;

    private readonly SiteView _site;
    private readonly Acquaintances _acquaintances;
    private readonly Companions _companions;
    private readonly SuspicionKeys _keys;

    // A server looks once or twice an offer; one that fails to offer gives up soon.
    private const int MostUnoffered = 4;

    // A modality's computer is up within ten minutes.
    private const int WakingTime = 10 * Limits.Minute;

    private const int Slots = 128;

    private readonly OutcomeWalk _walk = new OutcomeWalk();

    // The walk of all first contacts of an actor at home, a signed octet by seven bits of its hash. Who shares it with a busy
    // client is found later.
    private readonly byte[] _walks = new byte[Slots];

    // The newest two hosts that speak as DHCP servers: they ask for the addresses that they are about to offer, and nobody shall
    // be there.
    private int _dhcpServer;
    private int _otherDhcpServer;

    // How many more hosts that are not there a DHCP server may ask for before its next offer, and a console since the last wake.
    private int _unoffered;
    private int _woken;
    private int _lastWake;

    // When somebody last asked by ARP for one absent host after the other, as a router does for who sweeps from outside.
    private int _burst = -Limits.Minute;

    /// <summary>Makes it of what it works on.</summary>
    public FirstContacts(Acquaintances acquaintances, Companions companions, SuspicionKeys keys, SiteView site)
    {
        _site = site;
        _acquaintances = acquaintances;
        _companions = companions;
        _keys = keys;
    }

    /// <summary>Takes in an attempt that was answered.</summary>
    /// <param name="actor">Its actor.</param>
    /// <param name="target">Its target, an IPv4 address at home.</param>
    /// <param name="port">Its port.</param>
    /// <param name="protocol">Its protocol.</param>
    /// <param name="isOpen">Data went both ways.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>How many first contacts its actor made lately, 0 when this is none.</returns>
    public int Meet(int actor, int target, int port, int protocol, bool isOpen, int now)
    {
        if (isOpen && (protocol == IpProtocol.Tcp || protocol == IpProtocol.Udp))
        {
            _companions.Note(_keys.OfPair(actor, target), now);
        }

        int contacts = _acquaintances.Meet(_keys.OfSweep(4, actor, port, protocol), target, now,
            protocol == Probe.Arp ? BurstPatience : Acquaintances.PatienceShift);
        if (contacts != 0 && (isOpen || protocol != IpProtocol.Tcp))
        {
            Step(actor, false);
        }

        return contacts;
    }

    /// <summary>
    /// Takes in an attempt on its way to the evidence, and says in it whether it is a first contact and whether its silence is
    /// excused.
    /// </summary>
    /// <param name="probe">The attempt; its outcome is known.</param>
    public void Take(Probe probe)
    {
        probe.IsExcused = false;
        if (probe.Protocol == IpProtocol.Udp && probe.SourcePort == DhcpServer)
        {
            if (probe.Actor != _dhcpServer)
            {
                _otherDhcpServer = _dhcpServer;
                _dhcpServer = probe.Actor;
            }

            if (probe.Port == DhcpClient)
            {
                _unoffered = MostUnoffered;
                // An offer goes to an address that nobody has yet, and answers a broadcast (RFC 2131, 4.1): no first contact.
                probe.Contacts = 0;
                return;
            }
        }

        bool isOutward = probe.LivingBit < 0;
        if (isOutward && probe.Outcome >= Outcome.Answered)
        {
            // Of the outside only failures are remembered: a browser has first contacts all day.
            probe.Contacts = 1;
            return;
        }

        probe.Contacts = _acquaintances.Meet(_keys.OfSweep(probe), TargetOf(probe), probe.Now,
            probe.Protocol == Probe.Arp ? BurstPatience : Acquaintances.PatienceShift);
        if (isOutward)
        {
            return;
        }

        if (probe.Contacts != 0 && IsAbsenceExpected(probe))
        {
            probe.Contacts = 0;
            return;
        }

        if (probe.Protocol == Probe.Arp && probe.Contacts >= OutcomeWalk.Top && probe.Outcome < Outcome.Answered)
        {
            _burst = probe.Now;
        }

        int pair = _keys.OfPair(probe.Actor, probe.Target);
        if (probe.Outcome == Outcome.Open && (probe.Protocol == IpProtocol.Tcp || probe.Protocol == IpProtocol.Udp))
        {
            _companions.Note(pair, probe.Now);
        }
        else if (probe.Outcome == Outcome.Silent)
        {
            // Who talked with the actor this week is switched off, and who lives and says nothing to a datagram may have nothing
            // to say.
            probe.IsExcused = probe.Protocol == IpProtocol.Udp || _companions.AreKnown(pair, probe.Now);
        }

        if (probe.Protocol == Probe.Arp && probe.Port == Probe.Announcement)
        {
            // Who announces its own address is answered by nobody; by the owner, who asks in the owner's name.
            probe.IsExcused = probe.Outcome < Outcome.Answered;
            probe.Outcome = probe.IsExcused ? Outcome.Silent : probe.Outcome;
        }

        // ARP has bursts and no stories.
        if (probe.Contacts != 0 && !probe.IsExcused && probe.Protocol != Probe.Arp
            && (probe.Outcome != Outcome.Answered || probe.Protocol != IpProtocol.Tcp))
        {
            Step(probe.Actor, probe.Outcome < Outcome.Answered);
        }
    }

    /// <summary>Whether an attempt's actor made so many first contacts lately that their number is evidence.</summary>
    /// <param name="probe">The attempt, taken in.</param>
    public bool IsCrowd(Probe probe)
    {
        if (probe.LivingBit < 0)
        {
            return probe.Contacts >= OutwardCrowd;
        }

        int crowd = probe.Version == 4 && probe.Protocol != Probe.Arp ? CrowdOf(probe.Actor, probe.Now) : Acquaintances.Crowd;
        return probe.Contacts >= crowd && !(AsksWhoIsThere(probe) && IsDhcpServer(probe.Actor));
    }

    /// <summary>
    /// How many first contacts of an actor are evidence. While a router looks for absent hosts, fewer of an outsider are: of a
    /// ping sweep only those who are there are asked themselves, and all of them answer.
    /// </summary>
    /// <param name="actor">An IPv4 address.</param>
    /// <param name="now">When it asks, centiseconds.</param>
    public int CrowdOf(int actor, int now)
    {
        return now - _burst < Limits.Minute && _site.LivingBitOf(actor) < 0 ? OutcomeWalk.Top : Acquaintances.Crowd;
    }

    /// <summary>A frame of Wake-on-LAN was sent: whom it wakes is asked for before it is up.</summary>
    /// <param name="now">Centiseconds.</param>
    public void SeeWake(int now)
    {
        _woken = now - _lastWake > WakingTime ? 1 : _woken + 1;
        _lastWake = now;
    }

    // Whether nobody needs to be where an attempt asks: a DHCP server looks before it offers an address, a console looks for whom
    // it just woke. Each such question has its offer or its wake, so that nobody looks further under this cover than he shows
    // himself.
    private bool IsAbsenceExpected(Probe probe)
    {
        if (probe.Outcome != Outcome.Dark || !AsksWhoIsThere(probe))
        {
            return false;
        }

        if (_unoffered > 0 && IsDhcpServer(probe.Actor))
        {
            _unoffered--;
            return true;
        }

        if (_woken > 0 && probe.Now - _lastWake <= WakingTime)
        {
            _woken--;
            return true;
        }

        return false;
    }

    private bool AsksWhoIsThere(Probe probe)
    {
        return probe.Protocol == IpProtocol.Icmp || probe.Protocol == Probe.Arp;
    }

    private bool IsDhcpServer(int actor)
    {
        return actor != 0 && (actor == _dhcpServer || actor == _otherDhcpServer);
    }

    /// <summary>Whether the outcomes of all first contacts of an actor at home, at whatever service, are no client's.</summary>
    /// <param name="actor">The actor.</param>
    public bool IsScanner(int actor)
    {
        return _walk.IsScan((sbyte)_walks[SlotOf(actor)], false);
    }

    /// <summary>What an actor did is told: its walk over all services begins anew.</summary>
    /// <param name="actor">The actor.</param>
    public void Forgive(int actor)
    {
        _walks[SlotOf(actor)] = 0;
    }

    private void Step(int actor, bool isFailure)
    {
        int slot = SlotOf(actor);
        _walks[slot] = (byte)_walk.Step((sbyte)_walks[slot], isFailure, false);
    }

    private int SlotOf(int actor)
    {
        // Any mixing does; the key of a pair is at hand.
        return _keys.OfPair(actor, 0) & (Slots - 1);
    }

    /// <summary>
    /// Whether all whom an actor knows at a service are those of its story: then each of them is known by address.
    /// </summary>
    /// <param name="probe">An attempt of it.</param>
    public bool IsStranger(Probe probe)
    {
        return _acquaintances.IsNew(_keys.OfSweep(probe));
    }

    /// <summary>By what the target of an attempt is known here: neighbours differ in the low eight bits alone.</summary>
    /// <param name="probe">The attempt.</param>
    public int TargetOf(Probe probe)
    {
        return probe.Version == 6 ? _keys.DigestOfTarget(probe) : probe.Target;
    }

    /// <summary>Whether an actor asked a target.</summary>
    /// <param name="probe">An attempt of the same actor at the same service.</param>
    /// <param name="target">The target; see <see cref="TargetOf"/>.</param>
    public bool HasAsked(Probe probe, int target)
    {
        return _acquaintances.Knows(_keys.OfSweep(probe), target);
    }
}
