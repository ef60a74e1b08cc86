using System;
using System.Collections.Generic;
using System.CommandLine;
using Appliance.Firmware;
using Appliance.SignatureTool.Flashing;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab flash</c></summary>
internal static class FlashCommand
{
    public static Command Make()
    {
        Argument<string> file = new("TABLE") { Description = "A signed table." };
        Option<string?> port = new("--port") { Description = "The serial port that the device is at.", HelpName = "/dev/ttyUSB0" };
        Option<string?> simulator = new("--simulator")
        {
            Description = "The folder that stands for a simulated device's storage (tapsim replay --storage DIR).",
            HelpName = "DIR",
        };
        Option<string[]> keys = Parameters.TrustedKeys(false);
        var command = new Command("flash",
            """
            Puts a table into a device's inbox: over its serial port with nanoff, or into a simulated device's folder. The device looks
            there every few seconds, tries the table on the newest frames (on a quiet network it waits for some), uses it or keeps the
            one it has, and says so by its light and in a 'table' message: usually within a minute.
            The table is verified before; with --key its signature too.

            Examples:
              sigtab flash --port /dev/ttyUSB0 ward.sigtab --key site-key.pub.pem
              sigtab flash --simulator box ward.sigtab
            """)
        {
            file, port, simulator, keys,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(port) is null == result.GetResult(simulator) is null)
            {
                result.AddError("flash needs either --port or --simulator");
            }
        });
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            if (!Files.TryReadKeys(result.GetValue(keys) ?? [], out List<PublicKey> trusted) || !Files.TryRead(path, out byte[]? octets)
                || !IsFit(path, octets, trusted))
            {
                return ExitCode.Unusable;
            }

            IBoxCable cable = result.GetValue(simulator) is { } folder ? new SimulatedCable(folder)
                : new NanoffCable(result.GetValue(port)!);
            if (cable.Put([.. Inbox.FilesOf(octets, path)]) is { } problem)
            {
                Console.Error.WriteLine("error: " + problem);
                return ExitCode.Unusable;
            }

            Console.Out.WriteLine($"{path} is in the inbox; the device says in a 'table' message and by its light whether it uses it");
            return ExitCode.Done;
        });
        return command;
    }

    // A table that the device is bound to refuse is not sent on its way.
    private static bool IsFit(string path, byte[] octets, List<PublicKey> trusted)
    {
        int largest = new TapSettings().LargestTable;
        if (octets.Length > largest)
        {
            Files.Complain(path, $"refused: too large: it has {octets.Length} octets, and a device takes {largest}");
            return false;
        }

        TableVerdict verdict = TableVerifier.Verify(octets, trusted);
        if (trusted.Count == 0 && verdict.Table is { KeyIdAt: not 0 } table)
        {
            Console.Error.WriteLine($"{path}: warning: {TableText.HeadOf(table)}; the signature was not checked, which --key K.pub.pem "
                + $"does");
            return true;
        }

        if (!verdict.IsAccepted)
        {
            Files.Complain(path, $"refused: {verdict.Reason}");
        }

        return verdict.IsAccepted;
    }
}
