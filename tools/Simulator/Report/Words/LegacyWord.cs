using System.Collections.Generic;

namespace Appliance.Simulator.Report.Words;

/// <summary>
/// What it means that an old protocol is heard, and who would know: the paper closes with the question what of old imaging
/// networks still runs, and that only manufacturers know.
/// </summary>
internal static class LegacyWord
{
    private static readonly Dictionary<string, (string Name, string Meaning, string Who)> Known = new()
    {
        ["decnet"] = ("DECnet Phase IV", "a VAX or Alpha console of the eighties or nineties, or software that came from one",
            "the modality's manufacturer; the oldest engineer of its service"),
        ["lat"] = ("DEC LAT", "a terminal server or printer of Digital's; logins go in the clear",
            "who cabled the department; the modality's manufacturer"),
        ["mop"] = ("DEC MOP", "a device of Digital's that loads its system, or offers its console, over the network",
            "the modality's manufacturer; of a Cisco router its administrator, since routers speak it unasked"),
        ["ipx"] = ("IPX", "NetWare, or an old print server", "who ran the file servers before Windows; the printer's manual"),
        ["appletalk"] = ("AppleTalk", "an old Macintosh, or a film printer", "the film printer's manufacturer; the department's photographer"),
        ["netbeui"] = ("NetBEUI", "Windows before 2000 that shares files without IP, past every firewall", "who runs the console's service laptop"),
        ["osi"] = ("ISO OSI", "ACR-NEMA or early DICOM over OSI, or a router's IS-IS", "the network's administrator first; then the archive's manufacturer"),
        ["xns"] = ("XNS", "an early console or a Xerox printer", "the modality's manufacturer"),
        ["vines"] = ("Banyan VINES", "a VINES client of the nineties", "who ran the hospital's network then"),
        ["advantagenet"] = ("AdvantageNet", "a console of General Electric's that looks for others of its kind, at the port of the Shivka-Burka trojan",
            "General Electric's service: which consoles, and whether they still need each other"),
    };

    /// <summary>A protocol's name, what it means, and who would know.</summary>
    /// <param name="word">The inventory's word for it.</param>
    public static (string Name, string Meaning, string Who) Of(string word) =>
        Known.TryGetValue(word, out (string Name, string Meaning, string Who) known) ? known : (word, "a protocol that this report does not know", "");
}
