namespace Appliance.Sensor.Memories;

/// <summary>
/// Every tuned number of the trackers, each with the attack or the cost that set it. Times are in centiseconds, the unit of the
/// trackers' clock (and of sysUpTime): a signed 32-bit difference then spans 248 days and a sweep of 0.02 s is still told apart.
/// </summary>
public static class Limits
{
    /// <summary>Centiseconds in a second.</summary>
    public const int Second = 100;

    /// <summary>Centiseconds in a minute.</summary>
    public const int Minute = 60 * Second;

    /// <summary>Centiseconds in a day.</summary>
    public const int Day = 24 * 60 * Minute;

    // Stories.

    /// <summary>A probe an hour, or one a night with a weekend between, is still one story; a month later is another.</summary>
    public const int StoryGap = 3 * Day;

    /// <summary>An incident that was silent this long is closed: a weekly job does not keep it open for ever.</summary>
    public const int StoryEnd = 7 * Day;

    /// <summary>Walked target lists are worth comparing for a month; the practical's two sweeps lay days apart.</summary>
    public const int ListKept = 30 * Day;

    /// <summary>A router asks for an absent host again whenever somebody polls it, so ARP has no stories, only bursts.</summary>
    public const int ArpGap = 2 * Minute;

    // What an attempt came to.

    /// <summary>
    /// The first retransmission of a SYN comes after 1 s (RFC 6298) or 3 s (older stacks); by then an answer is in.
    /// </summary>
    public const int AnswerWait = 3 * Second;

    /// <summary>
    /// Datagrams of one flow closer together than this are one attempt: fragments of a burst, not a retry timer.
    /// </summary>
    public const int AttemptGap = 1 * Second;

    /// <summary>
    /// Attempts that wait for their outcome: three seconds of 16 a second; a faster sweep is judged as it runs.
    /// </summary>
    public const int PendingAttempts = 48;

    /// <summary>IPv6 attempts among them: their addresses take 32 octets each. A power of two.</summary>
    public const int PendingSixAttempts = 16;

    /// <summary>Attempts remembered, judged ones included: at least 16 judged. A power of two.</summary>
    public const int RememberedAttempts = 64;

    // Thresholds.

    /// <summary>
    /// Hosts (or ports) attempted with a suspect signature: detect 5 is three hosts, and two may be a typing error.
    /// </summary>
    public const int SuspectTargets = 3;

    /// <summary>
    /// Hosts (or ports) attempted with no signature: a client that mistypes or an outage reaches a handful, a sweep more.
    /// </summary>
    public const int PlainTargets = 8;

    /// <summary>
    /// Hosts asked for by ARP where not one reply was ever seen: some switches mirror broadcasts and not the unicast replies, and
    /// a router that looks for fifteen living hosts is then no sweep.
    /// </summary>
    public const int ArpTargetsUnanswered = 24;

    /// <summary>
    /// UDP ports from here on are mostly ends of clients (Linux begins here): a datagram to one is an answer whose question was
    /// missed.
    /// </summary>
    public const int EphemeralPort = 32768;

    /// <summary>UDP ports below are servers': a datagram from one to a port above is an answer likewise.</summary>
    public const int ServerPort = 1024;

    /// <summary>Sources at one host on suspect ports: two strangers in three days are the Internet's noise.</summary>
    public const int DistributedActors = 3;

    /// <summary>Sources of one /24 at as many hosts on one suspect port: two may be a provider's two customers.</summary>
    public const int NetworkSources = 3;

    /// <summary>Home hosts that were answered unasked: one stray reset a host is ordinary loss.</summary>
    public const int InverseHosts = 3;

    /// <summary>Dark hosts that are polled, and attempts at each: one is a typing error in somebody's configuration.</summary>
    public const int DarkHosts = 2;

    /// <summary>Silent hosts that are polled where nobody else is heard: detect 6 has four.</summary>
    public const int LonePolledHosts = 4;

    /// <summary>Attempts at each of these: a resolver asks three times.</summary>
    public const int LonePolls = 3;

    /// <summary>Broadcasts at one period: four intervals alike are no coincidence at a tolerance of 2 %.</summary>
    public const int Broadcasts = 5;

    /// <summary>Home hosts that must have been heard before another may be called dark: an idle network proves nothing.</summary>
    public const int HeardForDark = 2;

    /// <summary>A living host says something (ARP at the least) in half a minute of being polled.</summary>
    public const int UptimeForDark = 30 * Second;

    /// <summary>
    /// A source at a shared target settles before it counts, so that the first probes of a sweep over many hosts are not taken
    /// for one more stranger at each of them.
    /// </summary>
    public const int SettleTime = Minute;

    /// <summary>
    /// Sweeps of one actor that run at the same time become one incident; so do more than this many in a story.
    /// </summary>
    public const int SweepsOfOneActor = 4;

    // Unsolicited answers.

    /// <summary>A connection attempt is given up after about 75 s (BSD); an answer later than that answers nothing.</summary>
    public const int ConnectTimeout = 75 * Second;

    /// <summary>Until then a SYN-ACK may answer a SYN that was sent before the tap was plugged in.</summary>
    public const int UptimeForSynAck = Minute;

    /// <summary>Until then a reset may end a connection that was silent since before the tap was plugged in.</summary>
    public const int UptimeForReset = 10 * Minute;

    /// <summary>Lost frames may have held the SYN, so what comes this soon after a loss proves nothing.</summary>
    public const int LossWait = ConnectTimeout;

    // The mirror.

    /// <summary>A technician waits one minute for the light, so a one-sided mirror is judged once a minute.</summary>
    public const int MirrorWindow = Minute;

    /// <summary>
    /// Conversations of which one side is missing, while no flow at all shows both, before the mirror is called one-sided: a
    /// connection or two may be half closed, and a scan that nobody answers is no conversation.
    /// </summary>
    public const int OneSidedFlows = 4;

    /// <summary>
    /// Sources of SYN-ACKs that answer nothing while none answers something: no attacker is all of a VLAN's servers.
    /// </summary>
    public const int OneSidedServers = 3;

    // Tables. With all that judges by them they take less than 40 KB of the device's heap (see Memory in the sensor's README).

    /// <summary>
    /// Connections remembered. At 5 new ones a second, a busy imaging VLAN, an attempt is remembered for 100 s, longer than
    /// <see cref="ConnectTimeout"/>. A power of two.
    /// </summary>
    public const int Connections = 512;

    /// <summary>Ways of a set of connections: a lookup reads at most four keys.</summary>
    public const int ConnectionWays = 4;

    /// <summary>
    /// Actors remembered that failed once: on the busiest of the public captures some thirty at a time do. Sixteen sets of three.
    /// </summary>
    public const int Newcomers = 48;

    /// <summary>
    /// Suspicions (an actor and a port, or an actor and a host) remembered: eight sets, a power of two. When a set is full, lone
    /// failures go first, then the youngest stories; what an incident stands on stays.
    /// </summary>
    public const int Suspicions = 64;

    /// <summary>Ways of a set of suspicions: a wide set, so that chance does not crowd a scan out of its own.</summary>
    public const int SuspicionWays = 8;

    /// <summary>
    /// Hosts on suspect ports remembered: there are no more of interest than there are homes under attack at a time.
    /// </summary>
    public const int SharedTargets = 12;

    /// <summary>Probes of one host that wait to settle or to be joined by others.</summary>
    public const int SharedProbes = 6;

    /// <summary>
    /// Senders of broadcasts remembered: a fleet of consoles that look for one another has some dozens, and others beside it.
    /// </summary>
    public const int BroadcastSenders = 64;

    /// <summary>Home addresses with a living bit each; larger homes share them by a keyed hash.</summary>
    public const int LivingBits = 4096;

    /// <summary>IPv6 hosts share these by a keyed hash.</summary>
    public const int LivingBitsV6 = 512;

    /// <summary>Incidents open at a time; the longest silent of the lowest severity is closed for a new one.</summary>
    public const int Incidents = 12;

    /// <summary>Incidents of one kind open at a time: a flood of one kind leaves the other half alone.</summary>
    public const int IncidentsOfKind = Incidents / 2;

    /// <summary>Bits with which an incident tells new targets from old: exact for up to 1,024 neighbouring addresses.</summary>
    public const int TargetBits = 1024;

    /// <summary>Targets whose order an incident and a digest remember.</summary>
    public const int ListedTargets = 32;

    /// <summary>Ports that an incident lists by number.</summary>
    public const int ListedPorts = 16;

    /// <summary>Digests of earlier sweeps.</summary>
    public const int Digests = 8;

    /// <summary>Datagrams whose first fragments split a header: a tool sends both fragments back to back.</summary>
    public const int JoinedFragments = 4;

    // Order.

    /// <summary>
    /// A tool's source port slips when its machine opens a connection of its own; detect 9 slips by 4 over 300 hosts.
    /// </summary>
    public const int StrideDrift = 8;

    /// <summary>
    /// Targets that two lists must share before their order is compared: eight in the same order are one in 40,000.
    /// </summary>
    public const int SharedForOrder = 8;

    // Telling.

    /// <summary>An incident is told again at most this often, unless it grew worse.</summary>
    public const int UpdateGap = 10 * Second;

    /// <summary>How often time-driven work is looked at.</summary>
    public const int TickGap = 25;
}
