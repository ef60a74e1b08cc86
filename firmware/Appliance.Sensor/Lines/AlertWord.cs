namespace Appliance.Sensor.Lines;

/// <summary>The words of alert lines, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class AlertWord
{
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
    public const int Into = 42;

    // Values, and the element of the mirror's health.
    public const int PortOrder = 43;
    public const int IdOrder = 44;
    public const int Health = 45;
    public const int OneSided = 46;
    public const int BothSides = 47;

    // Sentences, and pieces of them.
    public const int Various = 48;
    public const int Tcp = 49;
    public const int Udp = 50;
    public const int Icmp = 51;
    public const int Arp = 52;
    public const int Ip = 53;
    public const int Eth = 54;
    public const int Llc = 55;
    public const int BroadcastMac = 56;
    public const int PortWord = 57;
    public const int SweepOf = 58;
    public const int ScanOf = 59;
    public const int By = 60;
    public const int HostsIn = 61;
    public const int PortsIn = 62;
    public const int Seconds = 63;
    public const int Minutes = 64;
    public const int Hours = 65;
    public const int Days = 66;
    public const int AddressOrder = 67;
    public const int OneTool = 68;
    public const int MoreUnseen = 69;
    public const int Impossible = 70;
    public const int FromPort = 71;
    public const int Comma = 72;
    public const int DidAnswer = 73;
    public const int SameActor = 74;
    public const int SameList = 75;
    public const int SourcesWord = 76;
    public const int ProbeWord = 77;
    public const int UnservedPorts = 78;
    public const int SuspectPorts = 79;
    public const int HopsAlike = 80;
    public const int HopsSpread = 81;
    public const int OnePlace = 82;
    public const int ManyPlaces = 83;
    public const int Joins = 84;
    public const int Tried = 85;
    public const int HostOfGroup = 86;
    public const int HostsOfGroup = 87;
    public const int NoOthers = 88;
    public const int AndOthers = 89;
    public const int Conversation = 90;
    public const int Polls = 91;
    public const int NeverSpoke = 92;
    public const int WereSilent = 93;
    public const int SpeakNow = 94;
    public const int Tries = 95;
    public const int InRuns = 96;
    public const int Apart = 97;
    public const int RetryTimer = 98;
    public const int AnswersFrom = 99;
    public const int ResetsFrom = 100;
    public const int To = 101;
    public const int NothingAsked = 102;
    public const int Broadcasts = 103;
    public const int Every = 104;
    public const int NoPeriod = 105;
    public const int OldForm = 106;
    public const int Unexplained = 107;
    public const int ExpectedAs = 108;
    public const int OneSidedWords = 109;
    public const int BothSidesWords = 110;
    public const int SeverityOf = 111;
    public const int ForConversation = 112;
    public const int TalksWith = 113;
    public const int NobodyServes = 114;

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
        + "\" dports=\"|\" into=\"|"
        + "sport|ipid|health [health|part=\"mirror\" state=\"one-sided|part=\"mirror\" state=\"both-directions|various|tcp|udp|"
        + "icmp|arp|ip|eth-|llc-|ff:ff:ff:ff:ff:ff| port | sweep of |port scan of | by | hosts in | ports in | s| minutes|"
        + " hours| days|, in address order|, by one tool| more not seen|, impossible flags |, all from source port |, |"
        + " answered|, same actor as incident |, same target list as incident | sources| probe |unserved ports of |"
        + "suspect ports of |hop counts alike|hop counts spread| (one place, or spoofed)| (separate places)| joins: | tried |"
        + " host| hosts| and no others: no scan, somebody chose them| among others| (a conversation followed)| keeps asking |"
        + " hosts that never spoke| hosts that were silent, | of them live now| tries|, in runs of | s apart|"
        + ": a resolver's retry timer| answers from | resets from | to |"
        + " hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them| broadcasts to | every |"
        + " at no fixed period any more| in the old BSD form (network address)|, nothing explains it|, expected: |"
        + "the mirror shows one direction only: set the switch to mirror both, received and sent; "
        + "answers are not judged until then|"
        + "the mirror shows both directions again|, severity | a conversation| talks with |"
        + " host(s): a port that nobody serves in good faith is in use|";
}
