namespace Appliance.Imaging;

/// <summary>What was seen of the imaging network since it was told last.</summary>
public sealed class Figures
{
    /// <summary>Associations in the clear that were accepted.</summary>
    public int Accepted;

    /// <summary>Associations that were rejected or aborted at once.</summary>
    public int Rejected;

    /// <summary>Connections in TLS at ports of DICOM: what is in them nobody can say.</summary>
    public int Tls;

    /// <summary>HL7 messages.</summary>
    public int Messages;

    /// <summary>Stories for which there was no room or that came too fast.</summary>
    public int Untold;

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty()
    {
        return Accepted + Rejected + Tls + Messages + Untold == 0;
    }

    /// <summary>Begins a new day.</summary>
    public void Clear()
    {
        Accepted = 0;
        Rejected = 0;
        Tls = 0;
        Messages = 0;
        Untold = 0;
    }
}
