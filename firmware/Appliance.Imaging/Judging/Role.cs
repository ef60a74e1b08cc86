using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;

namespace Appliance.Imaging.Judging;

/// <summary>What a host is to an imaging network, by what it serves and asks.</summary>
public static class Role
{
    /// <summary>Nothing of the following.</summary>
    public const int Host = 0;

    /// <summary>An archive.</summary>
    public const int Pacs = 1;

    /// <summary>What makes images.</summary>
    public const int Modality = 2;

    /// <summary>Where they are looked at.</summary>
    public const int Workstation = 3;

    /// <summary>A printer.</summary>
    public const int Printer = 4;

    /// <summary>What stands between this network and others.</summary>
    public const int Gateway = 5;

    /// <summary>What sends or takes HL7: an information system, or its interface.</summary>
    public const int Interface = 6;

    /// <summary>A server of names, addresses, users or databases.</summary>
    public const int Server = 7;

    /// <summary>How many there are.</summary>
    public const int Count = 8;

    /// <summary>Callers that make an archive of who serves DICOM: a workstation has the archive's and perhaps another.</summary>
    private const int LeastCallers = 3;

    // What a person at a screen uses and a modality does not.
    private const int Personal = (1 << Service.Web) | (1 << Service.Rdp) | (1 << Service.Vnc) | (1 << Service.Directory)
        | (1 << Service.Print);
    private const int Common = (1 << Service.Dns) | (1 << Service.Dhcp) | (1 << Service.Directory) | (1 << Service.Database);

    /// <summary>A host's role.</summary>
    /// <param name="inventory">Who lives there.</param>
    /// <param name="row">Where its row begins.</param>
    /// <returns>A constant of this class.</returns>
    public static int Of(Inventory inventory, int row)
    {
        int services = inventory.Cells[row + Inventory.Services];
        int serves = (services >> 16) & 0xffff;
        int asks = services & 0xffff;

        // Whoever only asked for a connection may be a scanner.
        bool isCaller = (asks & (1 << Service.Dicom)) != 0 && (inventory.Has(row, Inventory.Talks) || inventory.Has(row, Inventory.Stores));
        if (inventory.Has(row, Inventory.Router))
        {
            return Gateway;
        }

        if ((serves & (1 << Service.Dicom)) != 0 && inventory.CallersOf(row) >= LeastCallers)
        {
            return Pacs;
        }

        if (isCaller)
        {
            return inventory.Has(row, Inventory.Stores) || (asks & Personal) == 0 ? Modality : Workstation;
        }

        if ((serves & (1 << Service.Print)) != 0)
        {
            return Printer;
        }

        if (((serves | asks) & (1 << Service.Hl7)) != 0)
        {
            return Interface;
        }

        return (serves & Common) != 0 ? Server : Host;
    }
}
