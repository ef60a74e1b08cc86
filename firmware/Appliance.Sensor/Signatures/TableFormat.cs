namespace Appliance.Sensor.Signatures;

/// <summary>
/// Where everything stands in a signature table; FORMAT.md is the specification, byte by byte. Numbers are unsigned and in
/// network byte order, offsets count from the file's first octet.
/// </summary>
public static class TableFormat
{
    /// <summary>"TAPS", the file's first four octets.</summary>
    public const int Magic = 0x54415053;

    /// <summary>The only version that this sensor reads.</summary>
    public const int Version = 1;

    /// <summary>Offset of the version, 1 octet.</summary>
    public const int VersionAt = 4;

    /// <summary>Offset of the flags, 1 octet: bits of <see cref="TableFlags"/>.</summary>
    public const int FlagsAt = 5;

    /// <summary>Offset of the number of directory entries, 2 octets.</summary>
    public const int SectionCountAt = 6;

    /// <summary>Offset of the length of the whole file, 4 octets.</summary>
    public const int LengthAt = 8;

    /// <summary>Offset of the sequence number, 4 octets: of two valid tables the higher one is newer.</summary>
    public const int SequenceAt = 12;

    /// <summary>Offset of the build time in seconds since 1970-01-01 UTC, 8 octets.</summary>
    public const int BuildTimeAt = 16;

    /// <summary>Offset of the signing key's id, 8 octets; zeros in an unsigned table.</summary>
    public const int KeyIdAt = 24;

    /// <summary>
    /// Offset of the checksum (FORMAT.md says how it is made) over the file without this field and without the signature place, 4
    /// octets.
    /// </summary>
    public const int ChecksumAt = 32;

    /// <summary>Octets of a key's id: the first of SHA-256 over the public key's X and Y, 32 octets each.</summary>
    public const int KeyIdLength = 8;

    /// <summary>Offset of the length of the signature place at the file's end, 2 octets.</summary>
    public const int SignatureLengthAt = 36;

    /// <summary>Offset of the last day on which the table is not old, in days since 1970-01-01 UTC, 2 octets; 0 for never
    /// old.</summary>
    public const int LastDayAt = 38;

    /// <summary>Offset of the section directory.</summary>
    public const int DirectoryAt = 40;

    /// <summary>Octets of a directory entry: section (2), items (2), offset (2), length (2).</summary>
    public const int DirectoryEntry = 8;

    /// <summary>Octets of the signature at the file's end: ECDSA P-256, r and s of 32 octets each (IEEE P1363).</summary>
    public const int SignaturePlace = 64;

    /// <summary>Largest file: offsets have 16 bits.</summary>
    public const int MostOctets = 65535;

    /// <summary>Section: severity figures, the home list and the site's texts; one item.</summary>
    public const int SiteSection = 1;

    /// <summary>Section: texts, each an octet of length and that many ASCII octets.</summary>
    public const int TextSection = 2;

    /// <summary>Section: address lists.</summary>
    public const int ListSection = 3;

    /// <summary>Section: IPv4 ranges, first and last address.</summary>
    public const int Range4Section = 4;

    /// <summary>Section: IPv6 ranges, first and last address.</summary>
    public const int Range6Section = 5;

    /// <summary>Section: port lists, each an octet of count and that many ranges of first and last port.</summary>
    public const int PortSection = 6;

    /// <summary>Section: signatures.</summary>
    public const int SignatureSection = 7;

    /// <summary>Section: the conditions of the signatures.</summary>
    public const int ConditionSection = 8;

    /// <summary>Section: groups of hosts, the most critical first.</summary>
    public const int GroupSection = 9;

    /// <summary>Section: benign explanations.</summary>
    public const int ExpectedSection = 10;

    /// <summary>Section: the interest mask; its items are port ranges.</summary>
    public const int InterestSection = 11;

    /// <summary>Highest number of the sections that every table has.</summary>
    public const int LastNeededSection = 11;

    /// <summary>Section: ids of keys that the table retires. May be missing.</summary>
    public const int RetiredSection = 12;

    /// <summary>Section: the collector's certificate authority, one X.509 certificate as DER. May be missing.</summary>
    public const int AuthoritySection = 13;

    /// <summary>Section: by which names alerts are known elsewhere, one item. May be missing.</summary>
    public const int NameSection = 14;

    /// <summary>Octets of the names: text with the site's tag, 0 when there is none (2), enterprise number (4).</summary>
    public const int NameRecord = 6;

    /// <summary>Names: enterprise number of the structured data, 4 octets, from 1 to 2,147,483,647.</summary>
    public const int NameEnterprise = 2;

    /// <summary>The private enterprise number for documentation (RFC 5612), of a site whose profile names none.</summary>
    public const int DocumentationEnterprise = 32473;

    /// <summary>Longest tag of a site, in octets: an alert names it beside all its other facts.</summary>
    public const int MostTag = 12;

    /// <summary>
    /// Section: the box. Which boards the table was compiled for, a constant of <see cref="BoardClass"/> (1), how many keys it
    /// brings (1), and the keys that the box shall trust from this table on, X and Y of 32 octets each. May be missing: for all,
    /// and none.
    /// </summary>
    public const int BoxSection = 15;

    /// <summary>Section: openings, how a conversation's data begin that the mirror port has to keep. May be missing.</summary>
    public const int OpeningSection = 16;

    /// <summary>Section: callers, the names of imaging devices and where they may call from. May be missing: then all
    /// may.</summary>
    public const int CallerSection = 17;

    /// <summary>Highest section number of this version; higher ones are skipped.</summary>
    public const int LastSection = 17;

    /// <summary>Octets of a caller: text with the name (2), list of its addresses (2), protocol (1), 0 (1).</summary>
    public const int CallerRecord = 6;

    /// <summary>Caller: number of the list of its addresses, 2 octets.</summary>
    public const int CallerList = 2;

    /// <summary>Caller: 0 a calling AE title of DICOM, 1 a sending application of HL7 (MSH-3), 2 a weak service that is accepted,
    /// 3 hosts that may be there, 1 octet.</summary>
    public const int CallerProtocol = 4;

    /// <summary>Longest name of a caller, in octets.</summary>
    public const int MostCaller = 16;

    /// <summary>Octets of an opening.</summary>
    public const int OpeningRecord = 22;

    /// <summary>Openings of a table at most: during a trial the mirror port has those of two, of which most are the
    /// same.</summary>
    public const int MostOpenings = 32;

    /// <summary>Opening: first and last port at either end, 2 octets each.</summary>
    public const int OpeningPorts = 0;

    /// <summary>Opening: least and most octets of payload, 2 octets each.</summary>
    public const int OpeningLengths = 4;

    /// <summary>Opening: which octets are compared, 2 octets: the payload's first in the lowest bit, which is always
    /// set.</summary>
    public const int OpeningWhich = 8;

    /// <summary>Opening, among the bits of which octets are compared: the data are a PDU whose length, in its fifth and
    /// sixth octet, is no less than what the segment has behind them.</summary>
    public const int OpeningSized = 0x8000;

    /// <summary>Octets of a PDU's head, its length the last two of them.</summary>
    public const int OpeningHead = 6;

    /// <summary>Opening: the octets, 0 where none is compared.</summary>
    public const int OpeningOctets = 10;

    /// <summary>Octets of a payload that an opening can be about.</summary>
    public const int OpeningReach = 12;

    /// <summary>Octets of the box section before the keys.</summary>
    public const int BoxHeader = 2;

    /// <summary>Octets of a key to trust: X and Y.</summary>
    public const int KeyPoint = 64;

    /// <summary>Keys that a box trusts at a time, so that one can follow the other.</summary>
    public const int MostTrusted = 2;

    /// <summary>Octets of the site record.</summary>
    public const int SiteRecord = 10;

    /// <summary>Site: number of the home list, 2 octets.</summary>
    public const int SiteHome = 0;

    /// <summary>Site: criticality of a home address outside every group, 1 octet.</summary>
    public const int SiteCriticality = 2;

    /// <summary>Site: countermeasures, 1 octet.</summary>
    public const int SiteCountermeasures = 3;

    /// <summary>Site: text with the site's name, 2 octets, 0 when there is none; so the next two.</summary>
    public const int SiteName = 4;

    /// <summary>Site: text with the collector's address, e.g. <c>udp://192.0.2.10:514</c>.</summary>
    public const int SiteCollector = 6;

    /// <summary>Site: text with the SNTP server.</summary>
    public const int SiteClock = 8;

    /// <summary>Octets of an address list: first IPv4 range (2), how many (2), first IPv6 range (2), how many (2).</summary>
    public const int ListRecord = 8;

    /// <summary>Octets of an IPv4 range.</summary>
    public const int Range4Record = 8;

    /// <summary>Octets of an IPv6 range.</summary>
    public const int Range6Record = 32;

    /// <summary>Octets of a port range.</summary>
    public const int PortRecord = 4;

    /// <summary>Octets of a signature.</summary>
    public const int SignatureRecord = 24;

    /// <summary>Signature: sid, 4 octets.</summary>
    public const int SignatureSid = 0;

    /// <summary>Signature: gid, 2 octets.</summary>
    public const int SignatureGid = 4;

    /// <summary>Signature: revision, 2 octets.</summary>
    public const int SignatureRev = 6;

    /// <summary>Signature: protocol, 1 octet, a constant of <see cref="RuleProtocol"/>.</summary>
    public const int SignatureProtocol = 8;

    /// <summary>Signature: bits of <see cref="Traits"/>, 1 octet.</summary>
    public const int SignatureTraits = 9;

    /// <summary>Signature: lethality 1 to 5, 0 when the rule gives none, 1 octet.</summary>
    public const int SignatureLethality = 10;

    /// <summary>Signature: number of the group that the destination names, 255 for none, 1 octet.</summary>
    public const int SignatureGroup = 11;

    /// <summary>Signature: address list of the source, 2 octets; list 0 holds every address.</summary>
    public const int SignatureSource = 12;

    /// <summary>Signature: address list of the destination, 2 octets.</summary>
    public const int SignatureDestination = 14;

    /// <summary>Signature: offset of the port list of the source, 2 octets; 0 for any port.</summary>
    public const int SignatureSourcePorts = 16;

    /// <summary>Signature: offset of the port list of the destination, 2 octets; 0 for any port.</summary>
    public const int SignatureDestinationPorts = 18;

    /// <summary>Signature: offset of the conditions, 2 octets.</summary>
    public const int SignatureConditions = 20;

    /// <summary>Signature: offset of the text with the name, 2 octets.</summary>
    public const int SignatureName = 22;

    /// <summary>Longest name of a signature or a group, in octets: what an alert has room for.</summary>
    public const int MostName = 24;

    /// <summary>Longest name of an explanation, in octets.</summary>
    public const int MostExpectedName = 32;

    /// <summary>Octets of a group: text with the name (2), address list (2), criticality (1), reserved (1).</summary>
    public const int GroupRecord = 6;

    /// <summary>
    /// Octets of an explanation: text with the name (2), source and destination list (2, 2), port list (2), protocol (2).
    /// </summary>
    public const int ExpectedRecord = 10;

    /// <summary>
    /// Bit beside an explanation's protocol, which is then TCP or UDP: it explains no frame, its destinations serve its ports in
    /// good faith, so that a conversation there is none with a trojan.
    /// </summary>
    public const int Serves = 0x100;

    /// <summary>Value of an explanation's protocol that leaves it open.</summary>
    public const int AnyProtocol = 0xffff;

    /// <summary>
    /// Octets of the interest mask before its port ranges: 256 bits of flag octets and the rate of signs of life.
    /// </summary>
    public const int InterestHeader = 34;

    /// <summary>Interest mask: one in how many skipped frames is kept as a sign of life, 2 octets; 0 for none.</summary>
    public const int InterestRate = 32;
}

/// <summary>Bits of the header's flags.</summary>
public static class TableFlags
{
    /// <summary>The table has a signature and the id of its key.</summary>
    public const int Signed = 1;

    /// <summary>That the table matches much of the traffic is meant: the dry run before its use doesn't refuse it.</summary>
    public const int ForceDryRun = 2;

    /// <summary>A device of another site may take the table: it moves there.</summary>
    public const int Rehome = 4;

    /// <summary>A device that starts to use the table tells one test incident, so that an alert is seen to arrive.</summary>
    public const int TestAlert = 8;

    /// <summary>All bits that mean something.</summary>
    public const int All = 15;
}

/// <summary>Boards by what a table has to fit into: one that was compiled for one class may be too large for another, or ask for
/// TLS there.</summary>
public static class BoardClass
{
    /// <summary>Any board.</summary>
    public const int Any = 0;

    /// <summary>Boards without external memory.</summary>
    public const int Small = 1;

    /// <summary>Boards with external memory.</summary>
    public const int Large = 2;
}

/// <summary>The protocol of a rule's header.</summary>
public static class RuleProtocol
{
    /// <summary><c>tcp</c></summary>
    public const int Tcp = 1;

    /// <summary><c>udp</c></summary>
    public const int Udp = 2;

    /// <summary><c>icmp</c>, of either IP version.</summary>
    public const int Icmp = 3;

    /// <summary><c>ip</c></summary>
    public const int Ip = 4;

    /// <summary><c>eth</c>: frames that carry no IP.</summary>
    public const int Ethernet = 5;
}

/// <summary>What a signature's rule says about itself, as bits.</summary>
public static class Traits
{
    /// <summary><c>metadata:suspect yes</c>: nobody does this in good faith.</summary>
    public const int Suspect = 1;

    /// <summary><c>metadata:kind restricted-service</c>: one try is an incident.</summary>
    public const int RestrictedService = 2;

    /// <summary>The rule has <c>flags</c>.</summary>
    public const int AsksFlags = 4;

    /// <summary>The rule's header has <c>&lt;&gt;</c>: it matches in both directions.</summary>
    public const int BothWays = 8;

    /// <summary>The rule has <c>detection_filter</c>.</summary>
    public const int AsksRate = 16;

    /// <summary>
    /// <c>metadata:conversation suspect</c>: to ask is nothing, but whoever talks there with an outsider is told.
    /// </summary>
    public const int TalkIsSuspect = 32;

    /// <summary><c>metadata:conversation service</c>: to ask is suspect, but whoever talks there is a service's client.</summary>
    public const int TalkIsService = 64;

    /// <summary>All bits that mean something.</summary>
    public const int All = 127;
}

/// <summary>
/// The first octet of a condition, and what follows it. Conditions stand one behind the other up to <see cref="End"/>.
/// </summary>
public static class Condition
{
    /// <summary>No more conditions.</summary>
    public const int End = 0;

    /// <summary>
    /// TCP flags: mode (1), flags to test (1), flags to leave out (1). Always the first condition of a signature.
    /// </summary>
    public const int Flags = 1;

    /// <summary>Protocol number of IP: comparison (1), number (1).</summary>
    public const int IpProto = 2;

    /// <summary>Fragment bits of IPv4: mode (1), bits as in <see cref="Frames.Frame.FragmentBits"/> (1).</summary>
    public const int FragmentBits = 3;

    /// <summary>Octets in the payload: bits (1), offset (2), depth (2), length (1), and the octets.</summary>
    public const int Content = 4;

    /// <summary>Octets of a content's head.</summary>
    public const int ContentHead = 7;

    /// <summary>
    /// Rate: 0 by source or 1 by destination (1), count (4), seconds (4). Always the last condition of a signature.
    /// </summary>
    public const int Filter = 5;

    /// <summary>EtherType (2).</summary>
    public const int EtherType = 6;

    /// <summary>DSAP and SSAP (1, 1).</summary>
    public const int Llc = 7;

    /// <summary>SNAP organization (3) and protocol (2).</summary>
    public const int Snap = 8;

    /// <summary>
    /// This bit marks a number in a range: the low four bits say which, then the lowest and highest value that match (2, 2 or,
    /// with <see cref="Wide"/>, 4, 4).
    /// </summary>
    public const int Range = 0x80;

    /// <summary>Bit of a range: the values have four octets.</summary>
    public const int Wide = 0x40;

    /// <summary>Bit of a range: what lies outside matches.</summary>
    public const int Outside = 0x20;

    /// <summary>Range: octets of payload.</summary>
    public const int PayloadSize = 0;

    /// <summary>Range: TTL or hop limit.</summary>
    public const int TimeToLive = 1;

    /// <summary>Range: IP identification.</summary>
    public const int Identification = 2;

    /// <summary>Range: TCP sequence number.</summary>
    public const int Sequence = 3;

    /// <summary>Range: TCP acknowledgment number.</summary>
    public const int Acknowledgment = 4;

    /// <summary>Range: TCP window.</summary>
    public const int Window = 5;

    /// <summary>Range: ICMP type.</summary>
    public const int IcmpType = 6;

    /// <summary>Range: ICMP code.</summary>
    public const int IcmpCode = 7;

    /// <summary>Highest number that a range can be about.</summary>
    public const int LastRange = 7;

    /// <summary>Mode of flags or fragment bits: exactly these.</summary>
    public const int Exactly = 0;

    /// <summary>Mode: all of these, whatever the others are (<c>+</c>).</summary>
    public const int All = 1;

    /// <summary>Mode: any of these (<c>*</c>).</summary>
    public const int Any = 2;

    /// <summary>Mode: none of these (<c>!</c>).</summary>
    public const int None = 3;

    /// <summary>Comparison of a protocol number: equal.</summary>
    public const int Equal = 0;

    /// <summary>Comparison: not equal.</summary>
    public const int NotEqual = 1;

    /// <summary>Comparison: greater.</summary>
    public const int Greater = 2;

    /// <summary>Comparison: less.</summary>
    public const int Less = 3;

    /// <summary>Bit of a content: it must not be there.</summary>
    public const int Absent = 1;

    /// <summary>Bit of a content: upper and lower case of ASCII letters are alike; the octets are stored in upper case.</summary>
    public const int NoCase = 2;

    /// <summary>Bit of a content: the depth counts.</summary>
    public const int HasDepth = 4;

    /// <summary>All bits that a content may have.</summary>
    public const int ContentBits = 7;
}
