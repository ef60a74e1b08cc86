namespace Appliance.Sensor.Incidents;

/// <summary>The words of alert lines, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class AlertWord
{
    // Facility 10 (security) and syslog's severity, which counts the other way round; the version behind it is 1.
    public const int FirstPriority = 0;

    // A kind and the element that it begins, a constant of Kind behind the first.
    public const int FirstKind = 6;

    // A state, by its number behind the first.
    public const int FirstState = 15;

    // Parameters: each word closes the value before it.
    public const int App = 19;
    public const int Sid = 20;
    public const int Proto = 21;
    public const int Src = 22;
    public const int Srcs = 23;
    public const int Dst = 24;
    public const int Dsts = 25;
    public const int Dport = 26;
    public const int Frames = 27;
    public const int Name = 28;
    public const int Dur = 29;
    public const int Ttl = 30;
    public const int Flags = 31;
    public const int Sport = 32;
    public const int Stride = 33;
    public const int Unseen = 34;
    public const int Answered = 35;
    public const int Refused = 36;
    public const int Silent = 37;
    public const int Dark = 38;
    public const int Related = 39;
    public const int List = 40;
    public const int Period = 41;
    public const int Group = 42;
    public const int Expected = 43;
    public const int Lost = 44;
    public const int Dports = 45;
    public const int Into = 46;
    public const int PortOrder = 47;
    public const int IdOrder = 48;
    public const int Unsynchronized = 49;
    public const int EndOfElement = 50;
    public const int Meta = 51;
    public const int UpTime = 52;
    public const int Health = 53;
    public const int OneSided = 54;
    public const int BothSides = 55;

    // Sentences, and pieces of them.
    public const int Various = 56;
    public const int Tcp = 57;
    public const int Udp = 58;
    public const int Icmp = 59;
    public const int Arp = 60;
    public const int Ip = 61;
    public const int Eth = 62;
    public const int Llc = 63;
    public const int BroadcastMac = 64;
    public const int PortWord = 65;
    public const int SweepOf = 66;
    public const int ScanOf = 67;
    public const int By = 68;
    public const int HostsIn = 69;
    public const int PortsIn = 70;
    public const int Seconds = 71;
    public const int Minutes = 72;
    public const int Hours = 73;
    public const int Days = 74;
    public const int AddressOrder = 75;
    public const int Linear = 76;
    public const int MoreUnseen = 77;
    public const int Impossible = 78;
    public const int FromPort = 79;
    public const int Comma = 80;
    public const int OpenList = 81;
    public const int DidAnswer = 82;
    public const int SameActor = 83;
    public const int SameList = 84;
    public const int SourcesWord = 85;
    public const int ProbeWord = 86;
    public const int OnPorts = 87;
    public const int OnSuspectPorts = 88;
    public const int HopsAlike = 89;
    public const int HopsSpread = 90;
    public const int Joins = 91;
    public const int Tried = 92;
    public const int HostOfGroup = 93;
    public const int HostsOfGroup = 94;
    public const int NoOthers = 95;
    public const int AndOthers = 96;
    public const int Conversation = 97;
    public const int Polls = 98;
    public const int NeverSpoke = 99;
    public const int WereSilent = 100;
    public const int SpeakNow = 101;
    public const int Tries = 102;
    public const int InRuns = 103;
    public const int Apart = 104;
    public const int RetryTimer = 105;
    public const int AnswersFrom = 106;
    public const int ResetsFrom = 107;
    public const int To = 108;
    public const int NothingAsked = 109;
    public const int Broadcasts = 110;
    public const int Every = 111;
    public const int NoPeriod = 112;
    public const int OldForm = 113;
    public const int Unexplained = 114;
    public const int ExpectedAs = 115;
    public const int OneSidedWords = 116;
    public const int BothSidesWords = 117;
    public const int TalksWith = 118;
    public const int NobodyServes = 119;

    // Words that always stand together are one: each costs 3,000 instructions, however long it is.
    private const string Element = " [incident@" + AlertWriter.EnterpriseNumber + " id=\"";
    private const string BeforeState = "\" state=\"";
    private const string BehindState = "\" severity=\"";

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        "<87>1 |<86>1 |<85>1 |<84>1 |<83>1 |<82>1 |"
        + "sweep" + Element + "|"
        + "port-scan" + Element + "|"
        + "distributed-probe" + Element + "|"
        + "restricted-service" + Element + "|"
        + "inverse-map" + Element + "|"
        + "dark-host" + Element + "|"
        + "broadcast" + Element + "|"
        + "suspect-service" + Element + "|"
        + "scan" + Element + "|"
        + BeforeState + "open" + BehindState + "|"
        + BeforeState + "update" + BehindState + "|"
        + BeforeState + "folded" + BehindState + "|"
        + BeforeState + "closed" + BehindState + "|"
        + " tap - |\" sid=\"|\" proto=\"|\" src=\"|\" srcs=\"|\" dst=\"|\" dsts=\"|\" dport=\"|\" frames=\"|\" name=\"|"
        + "\" dur=\"|\" ttl=\"|\" flags=\"|\" sport=\"|\" stride=\"|\" unseen=\"|\" answered=\"|\" refused=\"|\" silent=\"|"
        + "\" dark=\"|\" related=\"|\" list=\"|\" period=\"|\" group=\"|\" expected=\"|\" lost=\"|\" dports=\"|\" into=\"|"
        + "sport|ipid|[timeQuality tzKnown=\"0\" isSynced=\"0\"]|\"]|[meta sequenceId=\"|\" sysUpTime=\"|"
        + "health [health@" + AlertWriter.EnterpriseNumber + " part=\"mirror\" state=\"|one-sided|both-directions|"
        + "various|tcp|udp|icmp|arp|ip|eth-|llc-|ff:ff:ff:ff:ff:ff| port | sweep of |port scan of | by | hosts in |"
        + " ports in | s| minutes| hours| days|, in address order| (a linear sweep by one tool)| more not seen|"
        + ", impossible flags |, all from source port |, | (| answered|, same actor as incident |"
        + ", same target list as incident | sources| probe | on ports that it does not serve: | on suspect ports, |"
        + "hop counts alike (one place, or spoofed)|hop counts spread (separate places)| joins the probe of | tried | host|"
        + " hosts| and no others: no scan, somebody chose them| among others| (a conversation followed)| keeps asking |"
        + " hosts that never spoke: | hosts that were silent, | of them live now: | tries| in runs of | s apart|"
        + ": a resolver's retry timer| answers from | resets from | to |"
        + " hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them| broadcasts to | every |"
        + " at no fixed period any more| in the old BSD form (network address)|, nothing explains it|, expected: |"
        + "the mirror shows one direction only: set the switch to mirror both, received and sent; answers are not judged until then|"
        + "the mirror shows both directions again|"
        + " talks with | host(s): a port that nobody serves in good faith is in use|";
}
