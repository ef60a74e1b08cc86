using System;
using System.CommandLine;
using System.Security.Cryptography;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab keygen</c></summary>
internal static class KeygenCommand
{
    public static Command Make()
    {
        Option<string> output = new("--out")
        {
            Description = "Name of the two files, without .pem and .pub.pem. Files that exist are never replaced.",
            HelpName = "NAME",
            Required = true,
        };
        Option<string?> array = Parameters.Array();
        var command = new Command("keygen",
            """
            Makes a key to sign tables with (ECDSA P-256): NAME.pem, which only the analyst has, and NAME.pub.pem, which goes
            onto each new device ('sigtab provision'). Prints the key's id. A device trusts two keys, so that one can retire the other.

            Example:
              sigtab keygen --out site-key
            """)
        {
            output, array,
        };
        command.SetAction(result =>
        {
            string name = result.GetRequiredValue(output);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (!Files.TryWrite(name, () => KeyFile.Write(name, key)))
            {
                return ExitCode.Unusable;
            }

            PublicKey known = PublicKey.Of(key);
            Console.Out.WriteLine($"key {known.Id}: {name}.pem (keep it secret), {name}.pub.pem");
            if (result.GetValue(array) is { } language)
            {
                Console.Out.Write(KeyText.ArrayOf(known, language));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
