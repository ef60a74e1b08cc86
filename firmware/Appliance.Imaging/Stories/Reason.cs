namespace Appliance.Imaging.Stories;

/// <summary>Why a story of the imaging network is told.</summary>
public static class Reason
{
    /// <summary>Nothing to tell yet: an association was rejected.</summary>
    public const int None = 0;

    /// <summary>One source tried called titles until one fits: kind dicom-guess. All others are of kind dicom-caller.</summary>
    public const int Guess = 1;

    /// <summary>A server rejects the same title again and again: a setting is wrong.</summary>
    public const int WrongTitle = 2;

    /// <summary>A scanner's script asks.</summary>
    public const int Tool = 3;

    /// <summary>The profile does not list who calls.</summary>
    public const int Unlisted = 4;

    /// <summary>A title called from another address until now.</summary>
    public const int Moved = 5;

    /// <summary>An association in the clear across the site's boundary.</summary>
    public const int Boundary = 6;

    /// <summary>The profile does not list who sends HL7 messages.</summary>
    public const int SenderUnlisted = 7;

    /// <summary>A sender of HL7 messages sent from another address until now.</summary>
    public const int SenderMoved = 8;

    /// <summary>HL7 messages in the clear across the site's boundary.</summary>
    public const int SenderBoundary = 9;

    /// <summary>A server agreed to SMB 1. This and all behind it to the last old system are of kind weak-service.</summary>
    public const int Smb1 = 10;

    /// <summary>A server chose SSL 3.0.</summary>
    public const int Ssl3 = 11;

    /// <summary>A server chose TLS 1.0.</summary>
    public const int Tls10 = 12;

    /// <summary>A server chose TLS 1.1.</summary>
    public const int Tls11 = 13;

    /// <summary>A desktop without TLS and NLA.</summary>
    public const int RdpPlain = 14;

    /// <summary>A desktop without a password.</summary>
    public const int VncOpen = 15;

    /// <summary>Logins by telnet.</summary>
    public const int Telnet = 16;

    /// <summary>An agent of SNMP answers to a community that agents come with.</summary>
    public const int Snmp = 17;

    /// <summary>A host opens connections as Windows 2000, XP and 2003 do. This and the next three: a system without
    /// updates.</summary>
    public const int OldXp = 18;

    /// <summary>As Windows Vista and 7.</summary>
    public const int OldSeven = 19;

    /// <summary>As Windows NT 4, 95 and 98.</summary>
    public const int OldNt = 20;

    /// <summary>As Linux before 2.6.39. The last of kind weak-service.</summary>
    public const int OldLinux = 21;

    /// <summary>An address of the site that was never heard before: kind new-host.</summary>
    public const int NewHost = 22;

    /// <summary>How many there are.</summary>
    public const int Count = 23;

    // What it does where it succeeds, 1 to 5: who guesses titles wants images, and who is not listed may have them. An old system
    // is known to whoever runs it.
    private static readonly byte[] Lethalities = { 1, 3, 2, 2, 3, 2, 3, 3, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 2 };

    // As a profile names them, and the marks of an inventory: of TLS one, of old systems one.
    private static readonly byte[] WeakMarks = { 0, 1, 1, 1, 2, 3, 4, 5, 6, 6, 6, 6 };

    /// <summary>Whether a story is of kind weak-service.</summary>
    /// <param name="reason">A constant of this class.</param>
    public static bool IsWeak(int reason)
    {
        return reason >= Smb1 && reason < NewHost;
    }

    /// <summary>Whether a story is of a system without updates.</summary>
    /// <param name="reason">A constant of this class.</param>
    public static bool IsOld(int reason)
    {
        return reason >= OldXp && reason <= OldLinux;
    }

    /// <summary>Which of the inventory's weak services a reason is.</summary>
    /// <param name="reason">A constant of this class, of kind weak-service.</param>
    public static int WeakMarkOf(int reason)
    {
        return WeakMarks[reason - Smb1];
    }

    /// <summary>Lethality of a story, 1-5.</summary>
    /// <param name="reason">A constant of this class.</param>
    public static int LethalityOf(int reason)
    {
        return Lethalities[reason];
    }

    /// <summary>
    /// Highest severity of a story: a wrong setting harms nobody, whatever the server is worth; a weak service is no attack, and
    /// worse where outsiders use it; a newcomer has done nothing yet.
    /// </summary>
    /// <param name="reason">A constant of this class.</param>
    /// <param name="isOutside">It crosses the site's boundary.</param>
    public static int MostOf(int reason, bool isOutside)
    {
        return IsWeak(reason) ? (isOutside ? 3 : 2) : reason == WrongTitle || reason == NewHost ? 2 : 5;
    }
}
