using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Appliance.BoardPictures;

/// <summary>A board's sheet for the technician: what to buy, to wire and to do, to be printed and ticked off.</summary>
public static class SheetPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="profile">The board.</param>
    /// <returns>Markdown, short enough for a printed sheet.</returns>
    public static string Make(BoardProfile profile)
    {
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');

        Line($"# {profile.Name}: the technician's sheet");
        Line();
        Line("<!-- Made from board.toml by tools/BoardPictures; don't edit. -->");
        Line();
        Line("Name of the box ______________  Site ______________  Switch and port ______________  Day ______________");
        Line();
        // Picture, parts and steps fit on a printed sheet.
        Line("<img src=\"wiring.svg\" width=\"400\" alt=\"Parts and wires\">");
        Line();
        Line("| | part | | about |");
        Line("|---|---|---|---|");
        foreach (PartProfile part in profile.Parts)
        {
            Line($"| {Number(part.Count)} | {part.Name} | {part.Text} | {Price(part.Euro)} |");
        }

        PartProfile[] priced = [.. profile.Parts.Where(p => p.Euro.Count == 2)];
        Line($"| | **together** | orders of magnitude of 2026 for single pieces, estimated; no offers | "
            + $"{Price([priced.Sum(p => p.Euro[0]), priced.Sum(p => p.Euro[1])])} |");
        Line();
        Line("| step | needs | do |");
        Line("|---|---|---|");
        Line($"| 1 wire | soldering iron | As drawn. {string.Join(' ', profile.Notes)} Mark the sockets MIRROR and UPLINK; leave MIRROR empty until step 4. |");
        Line($"| 2 image | {profile.Usb}; .NET 10 SDK, `nanoff` (`dotnet tool install -g nanoff`), `esptool` (`pip install esptool`); "
            + "from whoever builds the image: `nanoCLR.bin`, `bootloader.bin`, `Appliance.Firmware.bin` | "
            + $"`nanoff --target {profile.Target} --update --serialport PORT --clrfile nanoCLR.bin`, then "
            + "`esptool --chip esp32 --port PORT write_flash --flash_mode keep --flash_freq keep 0x1000 bootloader.bin`, then "
            + $"`nanoff --target {profile.Target} --serialport PORT --deploy --image Appliance.Firmware.bin` |");
        Line("| 3 keys, network, table | `sigtab`, and from the analyst: `SITE.sigtab`, two `.pub.pem` files | "
            + "`sigtab provision --port PORT --key A.pub.pem --key B.pub.pem --table SITE.sigtab --network dhcp --name NAME`; "
            + "it says each step and prints the label |");
        Line("| 4 light, silence | a meter; a switch that counts frames, or a computer that captures them, **not** of the imaging network | "
            + "Blue, 2 blinks, for a minute: the table is in use. Anything else: [LIGHT.md](../LIGHT.md). "
            + $"Then, **of each box**: MIRROR into that switch or computer. 0 V at TX_EN (GPIO {Number(Esp32.TransmitEnable)}) while the box runs and is restarted, "
            + "and no frame comes from it. Otherwise send it in. MIRROR out again, until step 6 |");
        Line($"| 5 uplink | power ({profile.Start}), a network outlet | Beside the switch, the light in sight, UPLINK first. Within two minutes the collector has a line with "
            + "`part=\"self-test\" state=\"passed\"`, then a `heartbeat` a minute with `transmitted=\"0\"`; where the analyst made the table so (`--test-alert`) also one `test-alert`. No line, no MIRROR: white, 4 blinks: no address; 5 blinks: no collector; 2 blinks: only MIRROR is missing |");
        Line("| 6 mirror | a port of the switch, set up by [SWITCHES.md](../../SWITCHES.md): what its ports receive, ingress off | "
            + "Plug MIRROR in: green, steady. Stay ten minutes: [INSTALLATION.md](../../INSTALLATION.md) has each line that must arrive. The last: `state=\"passed\"` |");
        Line();
        Line("Red, steady, at any time: pull MIRROR, and send the box in. What else may happen: [TECHNICIAN.md](../../../.github/TECHNICIAN.md#later).");
        Line("No board has been through these steps yet; on a simulated box tests go through step 3 to 6.");
        return page.ToString();
    }

    private static string Price(IReadOnlyList<int> euro) =>
        euro.Count == 2 ? $"{Number(euro[0])} to {Number(euro[1])} €" : "";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
