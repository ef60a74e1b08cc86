using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;
using Appliance.Firmware.Tables;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab sign</c></summary>
internal static class SignCommand
{
    /// <summary>
    /// Highest sequence number that is signed, the highest with which a device lets a key begin: numbers that are dates
    /// (2026112401) fit, and slips of the finger leave the key usable.
    /// </summary>
    public const uint MostSequence = TableStore.HighestFirst;

    public static Command Make()
    {
        Argument<string> file = new("TABLE") { Description = "A table file, signed or not." };
        Option<string> key = new("--key") { Description = "The private key.", HelpName = "K.pem", Required = true };
        Option<uint?> sequence = Parameters.Sequence("Another sequence number; without it the table keeps its own.", 1);
        Option<string?> output = new("--out")
        {
            Description = "The signed table; without it TABLE itself is replaced.",
            HelpName = "T.sigtab"
        };
        var command = new Command("sign",
            """
            Signs a table that 'compile' made without a key, or signs it anew with another key or sequence number.

            Example:
              sigtab sign ward.sigtab --key site-key.pem --sequence 8 --out ward-8.sigtab
            """)
        {
            file, key, sequence, output,
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => t.Value == "-"))
            {
                result.AddError("--out: '-' is no file, and a table can't go to standard output");
            }
        });
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            string keyFile = result.GetRequiredValue(key);
            string target = result.GetValue(output) ?? path;
            if (!KeyFile.TryReadPrivate(keyFile, out ECDsa? secret, out string problem))
            {
                Files.Complain(keyFile, problem);
                return ExitCode.Unusable;
            }

            using (secret)
            {
                // Who names TABLE itself wants it replaced; another name of the same file is a mistake.
                string[] inputs = target == path ? [keyFile] : [keyFile, path];
                return Files.TryReadTable(path, out SignatureTable? table)
                    ? Sign(table, secret, path, target, inputs, result.GetValue(sequence))
                    : ExitCode.Unusable;
            }
        });
        return command;
    }

    /// <summary>Why a table can't be signed; null when it can.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The key.</param>
    /// <param name="sequence">The sequence number that it will have.</param>
    public static string? Obstacle(SignatureTable table, PublicKey key, uint sequence)
    {
        return sequence == 0
            ? "sequence 0 is that of tables that were never numbered; a signed one needs --sequence 1 or higher, each time higher than "
                + "before"
            : sequence > MostSequence
            ? $"sequence {sequence} is above {MostSequence}: once a device has taken it there is hardly a higher one, and the key is "
                + $"used up"
            : table.SiteNameAt == 0 || new TableReader(table).Text(table.SiteNameAt) == "*"
            ? "the table names no site ([site] name = \"ward-3\"); a device that took it would refuse the table of every named site"
            : new TableReader(table).Retired().Contains(key.Id)
                ? $"the table retires key {key.Id}, which would sign it; another key must do that"
            : null;
    }

    private static int Sign(SignatureTable table, ECDsa secret, string path, string output, string[] inputs, uint? sequence)
    {
        PublicKey key = PublicKey.Of(secret);
        if (Obstacle(table, key, sequence ?? table.Sequence) is { } obstacle)
        {
            return Files.Complain(path, obstacle);
        }

        byte[] signed = TableSigner.Sign(table.Bytes, secret, sequence);
        if (!new Outputs().Table(output, signed).TryWrite(inputs))
        {
            return ExitCode.Unusable;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{output}: signed by key {key.Id}, sequence {sequence ?? table.Sequence}"));
        return ExitCode.Done;
    }
}
