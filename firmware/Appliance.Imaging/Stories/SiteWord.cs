namespace Appliance.Imaging.Stories;

/// <summary>The words of an inventory, by number: a constant each, in the order of <see cref="Texts"/>.</summary>
internal static class SiteWord
{
    // Parameters: each closes the value before it.
    public const int Part = 0;
    public const int Mac = 1;
    public const int Maker = 2;
    public const int Role = 3;
    public const int Titles = 4;
    public const int Legacy = 5;
    public const int Weak = 6;
    public const int Serves = 7;
    public const int Asks = 8;
    public const int Silent = 9;

    // Of each kind of values the first.
    public const int FirstRole = 10;
    public const int FirstLegacy = 18;
    public const int FirstWeak = 28;
    public const int FirstService = 36;

    // Pieces of the sentence.
    public const int UnknownMaker = 52;
    public const int SaysServes = 53;
    public const int SaysAsks = 54;
    public const int SaysSpeaks = 55;
    public const int Card = 56;
    public const int Comma = 57;
    public const int Accepted = 58;
    public const int SaysAccepted = 59;

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        "part=\"host\" address=\"|\" mac=\"|\" maker=\"|\" role=\"|\" titles=\"|\" legacy=\"|\" weak=\"|\" serves=\"|\" asks=\"|"
        + "\" silent=\"|"
        + "host|pacs|modality|workstation|printer|gateway|interface|server|"
        + "decnet|lat|mop|ipx|appletalk|netbeui|osi|xns|vines|advantagenet|"
        + "smb1|tls|rdp|vnc|telnet|snmp|old|other|"
        + "dicom|hl7|web|smb|rdp|vnc|ssh|telnet|ftp|print|snmp|dns|dhcp|database|directory|other|"
        + "unknown maker|; serves |; asks |; speaks |, card |, |\" accepted=\"|; not told of hosts of which the profile accepts it: |";
}
