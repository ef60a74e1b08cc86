namespace Appliance.Sensor.Incidents;

/// <summary>The words of alert lines, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class AlertWord
{
    // Facility 10 (security) and syslog's severity, which counts the other way round; the version behind it is 1.
    public const int FirstPriority = 0;

    // A kind and the element that it begins, a constant of Kind behind the first.
    public const int FirstKind = 6;

    // A state, by its number behind the first.
    public const int FirstState = 13;

    // Parameters: each word closes the value before it.
    public const int App = 17;
    public const int Sid = 18;
    public const int Proto = 19;
    public const int Src = 20;
    public const int Srcs = 21;
    public const int Dst = 22;
    public const int Dsts = 23;
    public const int Dport = 24;
    public const int Frames = 25;
    public const int Name = 26;
    public const int Dur = 27;
    public const int Ttl = 28;
    public const int Flags = 29;
    public const int Sport = 30;
    public const int Stride = 31;
    public const int Unseen = 32;
    public const int Answered = 33;
    public const int Refused = 34;
    public const int Silent = 35;
    public const int Dark = 36;
    public const int Related = 37;
    public const int List = 38;
    public const int Period = 39;
    public const int Group = 40;
    public const int Expected = 41;
    public const int Lost = 42;
    public const int Dports = 43;
    public const int Into = 44;
    public const int PortOrder = 45;
    public const int IdOrder = 46;
    public const int Unsynchronized = 47;
    public const int EndOfElement = 48;
    public const int Meta = 49;
    public const int UpTime = 50;
    public const int Health = 51;
    public const int OneSided = 52;
    public const int BothSides = 53;

    // Sentences, and pieces of them.
    public const int Various = 54;
    public const int Tcp = 55;
    public const int Udp = 56;
    public const int Icmp = 57;
    public const int Arp = 58;
    public const int Ip = 59;
    public const int Eth = 60;
    public const int Llc = 61;
    public const int BroadcastMac = 62;
    public const int PortWord = 63;
    public const int SweepOf = 64;
    public const int ScanOf = 65;
    public const int By = 66;
    public const int HostsIn = 67;
    public const int PortsIn = 68;
    public const int Seconds = 69;
    public const int Minutes = 70;
    public const int Hours = 71;
    public const int Days = 72;
    public const int AddressOrder = 73;
    public const int Linear = 74;
    public const int MoreUnseen = 75;
    public const int Impossible = 76;
    public const int FromPort = 77;
    public const int Comma = 78;
    public const int OpenList = 79;
    public const int DidAnswer = 80;
    public const int SameActor = 81;
    public const int SameList = 82;
    public const int SourcesWord = 83;
    public const int ProbeWord = 84;
    public const int OnPorts = 85;
    public const int OnSuspectPorts = 86;
    public const int HopsAlike = 87;
    public const int HopsSpread = 88;
    public const int Joins = 89;
    public const int Tried = 90;
    public const int HostOfGroup = 91;
    public const int HostsOfGroup = 92;
    public const int NoOthers = 93;
    public const int AndOthers = 94;
    public const int Conversation = 95;
    public const int Polls = 96;
    public const int NeverSpoke = 97;
    public const int WereSilent = 98;
    public const int SpeakNow = 99;
    public const int Tries = 100;
    public const int InRuns = 101;
    public const int Apart = 102;
    public const int RetryTimer = 103;
    public const int AnswersFrom = 104;
    public const int ResetsFrom = 105;
    public const int To = 106;
    public const int NothingAsked = 107;
    public const int Broadcasts = 108;
    public const int Every = 109;
    public const int NoPeriod = 110;
    public const int OldForm = 111;
    public const int Unexplained = 112;
    public const int ExpectedAs = 113;
    public const int OneSidedWords = 114;
    public const int BothSidesWords = 115;

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
        + "the mirror shows both directions again|";
}
