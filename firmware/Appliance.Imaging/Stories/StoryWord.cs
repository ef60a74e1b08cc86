namespace Appliance.Imaging.Stories;

/// <summary>
/// The words that only the imaging network's lines have, by number: a constant each, in the order of <see cref="Texts"/>. All
/// others are the sensor's.
/// </summary>
internal static class StoryWord
{
    public const int Guess = 0;
    public const int Caller = 1;
    public const int Inventory = 2;

    // A reason, by its number less one behind the first; DICOM or HL7 stands before it.
    public const int FirstReason = 3;
    public const int Dicom = 9;
    public const int Hl7 = 10;
    public const int At = 11;
    public const int Colon = 12;
    public const int TitlesIn = 13;
    public const int AcceptedIs = 14;
    public const int NewestIs = 15;
    public const int CalledTitle = 16;
    public const int Before = 17;
    public const int WasAccepted = 18;

    // What is known of the imaging network in a day.
    public const int Associations = 19;
    public const int Rejected = 20;
    public const int Tls = 21;
    public const int Messages = 22;
    public const int Untold = 23;
    public const int ClearSaid = 24;
    public const int TlsSaid = 25;
    public const int MessagesSaid = 26;
    public const int Site = 27;

    // Weak services, and behind the last the name of each, from the first reason of that kind on.
    public const int Weak = 28;
    public const int WeakSaid = 29;
    public const int UsedBy = 30;
    public const int FirstWeak = 31;
    public const int Outside = 43;
    public const int NewHost = 44;
    public const int NewSaid = 45;
    public const int OldSaid = 46;
    public const int Learning = 47;
    public const int Hosts = 48;
    public const int Unlisted = 49;
    public const int HostsSaid = 50;
    public const int RejectedSaid = 51;

    /// <summary>The words, each with <c>|</c> behind it.</summary>
    public const string Texts =
        "dicom-guess [incident|dicom-caller [incident|inventory [inventory|titles guessed by |"
        + "title set wrongly, rejected again and again: |by nmap's scripts: |caller that the profile does not list: |"
        + "name at another address than before: |in the clear across the site's boundary: |DICOM |HL7 | at |: |"
        + " titles in | s, accepted: | s, newest: |, called |, before from | accepted|part=\"imaging\" associations=\"|"
        + "\" rejected=\"|\" tls=\"|\" messages=\"|\" untold=\"|DICOM associations in the clear: |"
        + ", connections in TLS at DICOM ports, which can't be read: |, HL7 messages: |\" site=\"|"
        + "weak-service [incident|weak service: |, used by |SMB 1|SSL 3.0|TLS 1.0|TLS 1.1|RDP without TLS|VNC without password|telnet|"
        + "SNMP default community|Windows 2000 or XP|Windows Vista or 7|Windows NT 4 or 9x|Linux before 2.6.39| outside|"
        + "new-host [incident|new host |system without updates: |\" learning=\"|\" hosts=\"|\" unlisted=\"|, hosts: |"
        + "associations rejected again and again: |";
}
