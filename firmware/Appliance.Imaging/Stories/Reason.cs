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

    /// <summary>A server agreed to SMB 1. This and all behind it are of kind weak-service.</summary>
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

    /// <summary>How many there are.</summary>
    public const int Count = 17;

    // What it does where it succeeds, 1 to 5: who guesses titles wants images, and who is not listed may have them.
    private static readonly byte[] Lethalities = { 1, 3, 2, 2, 3, 2, 3, 3, 2, 3, 2, 2, 2, 2, 2, 2, 2 };

    /// <summary>Lethality of a story, 1-5.</summary>
    /// <param name="reason">A constant of this class.</param>
    public static int LethalityOf(int reason)
    {
        return Lethalities[reason];
    }

    /// <summary>
    /// Highest severity of a story: a wrong setting harms nobody, whatever the server is worth; a weak service is no attack, and
    /// worse where outsiders use it.
    /// </summary>
    /// <param name="reason">A constant of this class.</param>
    /// <param name="isOutside">It crosses the site's boundary.</param>
    public static int MostOf(int reason, bool isOutside)
    {
        return reason >= Smb1 ? (isOutside ? 3 : 2) : reason == WrongTitle ? 2 : 5;
    }
}
