namespace Appliance.Sensor.Lines;

/// <summary>
/// The words of alert lines, by number: a constant each, in the order of <see cref="Texts"/>; for whoever else writes some in
/// <see cref="TapSensor.Line"/> too.
/// </summary>
public static class AlertWord
{
    // Each constant is documented by its word.
#pragma warning disable CS1591
    // A kind and the element that it begins, a constant of Kind behind the first.
    public const int FirstKind = 0;

    // Behind the enterprise number.
    public const int Id = 9;

    // A state, by its number behind the first.
    public const int FirstState = 10;

    // Parameters in their order: each word closes the value before it.
    public const int Sid = 14;
    public const int Proto = 15;
    public const int Src = 16;
    public const int Srcs = 17;
    public const int Dst = 18;
    public const int Dsts = 19;
    public const int Dport = 20;
    public const int Frames = 21;
    public const int Name = 22;
    public const int AnsweredBy = 23;
    public const int Hosts = 24;
    public const int Dur = 25;
    public const int Ttl = 26;
    public const int Flags = 27;
    public const int Sport = 28;
    public const int Stride = 29;
    public const int Unseen = 30;
    public const int Answered = 31;
    public const int Refused = 32;
    public const int Silent = 33;
    public const int Dark = 34;
    public const int Related = 35;
    public const int List = 36;
    public const int Period = 37;
    public const int Group = 38;
    public const int Expected = 39;
    public const int Lost = 40;
    public const int Dports = 41;
    public const int Tool = 42;
    public const int Into = 43;

    // Values, and the element of the mirror's health.
    public const int PortOrder = 44;
    public const int IdOrder = 45;

    // Sentences, and pieces of them.
    public const int Various = 46;
    public const int Tcp = 47;
    public const int Udp = 48;
    public const int Icmp = 49;
    public const int Arp = 50;
    public const int Ip = 51;
    public const int Eth = 52;
    public const int Llc = 53;
    public const int BroadcastMac = 54;
    public const int PortWord = 55;
    public const int SweepOf = 56;
    public const int ScanOf = 57;
    public const int By = 58;
    public const int HostsIn = 59;
    public const int PortsIn = 60;
    public const int Seconds = 61;
    public const int Minutes = 62;
    public const int Hours = 63;
    public const int Days = 64;
    public const int InOrder = 65;
    public const int More = 66;
    public const int NotSeen = 67;
    public const int Impossible = 68;
    public const int FromPort = 69;
    public const int Comma = 70;
    public const int DidAnswer = 71;
    public const int SameActor = 72;
    public const int SameList = 73;
    public const int SourcesWord = 74;
    public const int ProbeWord = 75;
    public const int UnservedPorts = 76;
    public const int SuspectPorts = 77;
    public const int HopsAlike = 78;
    public const int HopsSpread = 79;
    public const int OnePlace = 80;
    public const int ManyPlaces = 81;
    public const int Joins = 82;
    public const int Attempted = 83;
    public const int HostOfGroup = 84;
    public const int HostsOfGroup = 85;
    public const int NoOthers = 86;
    public const int AndOthers = 87;
    public const int Conversation = 88;
    public const int Polls = 89;
    public const int NeverSpoke = 90;
    public const int WereSilent = 91;
    public const int SpeakNow = 92;
    public const int Attempts = 93;
    public const int InRuns = 94;
    public const int Apart = 95;
    public const int RetryTimer = 96;
    public const int AnswersFrom = 97;
    public const int ResetsFrom = 98;
    public const int To = 99;
    public const int NothingAsked = 100;
    public const int Broadcasts = 101;
    public const int Every = 102;
    public const int NoPeriod = 103;
    public const int OldForm = 104;
    public const int Unexplained = 105;
    public const int ExpectedAs = 106;
    public const int SeverityOf = 107;
    public const int ForConversation = 108;
    public const int TalksWith = 109;
    public const int NobodyServes = 110;
    public const int NeverAnswered = 111;

    // Tools, a constant of ToolMarks behind the first.
    public const int FirstTool = 112;
    public const int Sctp = 116;
    public const int Neighbours = 117;
    public const int AllAtOnce = 118;
    public const int Outwards = 119;
    public const int Overlapping = 120;
    public const int HostsAnd = 121;
    public const int Site = 122;
    public const int OfNone = 123;

    // Words that always stand together are one: each costs 3,000 instructions, however long it is.
    private const string Element = " [incident|";
    private const string BeforeState = "\" state=\"";
    private const string BehindState = "\" severity=\"|";

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        "sweep" + Element
        + "port-scan" + Element
        + "distributed-probe" + Element
        + "restricted-service" + Element
        + "inverse-map" + Element
        + "dark-host" + Element
        + "broadcast" + Element
        + "suspect-service" + Element
        + "scan" + Element
        + "id=\"|"
        + BeforeState + "open" + BehindState
        + BeforeState + "update" + BehindState
        + BeforeState + "folded" + BehindState
        + BeforeState + "closed" + BehindState
        + "\" sid=\"|\" proto=\"|\" src=\"|\" srcs=\"|\" dst=\"|\" dsts=\"|\" dport=\"|\" frames=\"|\" name=\"|"
        + "\" answeredBy=\"|\" hosts=\"|\" dur=\"|\" ttl=\"|\" flags=\"|\" sport=\"|\" stride=\"|\" unseen=\"|\" answered=\"|"
        + "\" refused=\"|\" silent=\"|\" dark=\"|\" related=\"|\" list=\"|\" period=\"|\" group=\"|\" expected=\"|\" lost=\"|"
        + "\" dports=\"|\" tool=\"|\" into=\"|"
        + "sport|ipid|various|tcp|udp|"
        + "icmp|arp|ip|eth-|llc-|ff:ff:ff:ff:ff:ff| port | sweep of |port scan of | by | hosts in | ports in | s| minutes|"
        + " hours| days|, in address order, by one tool| more| not seen|, impossible flags |, all from source port |, |"
        + " answered|, same actor as incident |, same target list as incident | sources| probe |unserved ports of |"
        + "suspect ports of |hop counts alike|hop counts spread| (one place, or spoofed)| (separate places)| joins: | asked |"
        + " host| hosts| and no others: no scan, somebody chose them| among others| (a conversation followed)| keeps asking |"
        + " hosts that never spoke| hosts that were silent, | of them live now| attempts|, in runs of | s apart|"
        + ": a resolver's retry timer| answers from | resets from | to |"
        + " hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them| broadcasts to | every |"
        + " at no fixed period any more| in the old BSD form (network address)|, nothing explains it|, expected: |"
        + ", severity | a conversation| talks with |"
        + " host(s): a port that nobody serves in good faith is in use|"
        + " hosts that never answered|zmap|masscan|nmap|mirai|sctp|ndp|all hosts at once|"
        + ", outwards, for one cause|overlapping fragments to | hosts, |\" site=\"|, of no connection, flags |";
}
