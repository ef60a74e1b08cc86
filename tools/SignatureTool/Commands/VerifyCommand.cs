using System;
using System.Collections.Generic;
using System.CommandLine;
using Appliance.Firmware;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab verify</c></summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        Argument<string> file = new("TABLE") { Description = "A table file." };
        Option<string[]> keys = Parameters.TrustedKeys(true);
        Option<string?> board = Parameters.Board();
        var command = new Command("verify",
            """
            Judges a table as a device would: is it whole, and did a trusted key sign it? A refusal has its reason.
            What the device alone knows is not judged: its site, the sequence numbers that it saw, the keys that were retired.

            Example:
              sigtab verify ward.sigtab --key site-key.pub.pem
            """)
        {
            file, keys, board,
        };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            if (result.GetRequiredValue(keys).Length > TrustedKey.Most)
            {
                Console.Error.WriteLine($"sigtab: a device trusts at most {TrustedKey.Most} keys; give no more with --key");
                return ExitCode.WrongUsage;
            }

            if (!Files.TryReadKeys(result.GetRequiredValue(keys), out List<PublicKey> trusted) || !Files.TryRead(path, out byte[]? octets))
            {
                return ExitCode.Unusable;
            }

            TableVerdict verdict = TableVerifier.Verify(octets, trusted);
            if (!verdict.IsAccepted)
            {
                Console.Error.WriteLine($"{path}: refused: {verdict.Reason}");
                return ExitCode.Unusable;
            }

            SignatureTable table = verdict.Table!;
            if (result.GetValue(board) is { } name && table.Board != BoardClass.Any && table.Board != SiteBoard.ClassOf(name))
            {
                Console.Error.WriteLine($"{path}: refused: other board: it was compiled for {TableText.BoardsOf(table.Board)}, and "
                    + $"{name} is none of them");
                return ExitCode.Unusable;
            }

            if (TableAge.DayOf(table.LastDay) is { } day && day < DateOnly.FromDateTime(DateTime.UtcNow))
            {
                Console.Error.WriteLine($"{path}: {TableAge.TextOf(table.LastDay)}: a device goes on using it, and says daily that it is "
                    + $"old");
            }

            Console.Out.WriteLine($"{path}: accepted: {TableText.HeadOf(table)}");
            return ExitCode.Done;
        });
        return command;
    }
}
