using System;
using System.Collections.Generic;
using System.CommandLine;
using Appliance.Firmware;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab verify</c></summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        Argument<string> file = new("TABLE") { Description = "A table file." };
        Option<string[]> keys = Parameters.TrustedKeys(true);
        var command = new Command("verify",
            """
            Judges a table as a device would: is it whole, and did a trusted key sign it? Exit code 0 accepted, 2 refused, with the reason.
            What the device alone knows is not judged: its site, the sequence numbers that it saw, the keys that were retired.

            Example:
              sigtab verify ward.sigtab --key site-key.pub.pem
            """)
        {
            file, keys,
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

            Console.Out.WriteLine($"{path}: accepted: {TableText.HeadOf(verdict.Table!)}");
            return ExitCode.Done;
        });
        return command;
    }
}
