using System;
using System.CommandLine;
using System.IO;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab inspect</c></summary>
internal static class InspectCommand
{
    public static Command Make()
    {
        Argument<string> file = new("FILE") { Description = "A table, or a public key." };
        Option<string?> array = Parameters.Array();
        var command = new Command("inspect",
            """
            Shows what is in a table, its signatures as rules; or the id of a public key.

            Examples:
              sigtab inspect ward.sigtab
              sigtab inspect site-key.pub.pem --array c
            """)
        {
            file, array,
        };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            if (File.Exists(path) && Begins(path, "-----BEGIN"))
            {
                return Key(path, result.GetValue(array));
            }

            if (!Files.TryReadTable(path, out SignatureTable? table))
            {
                return ExitCode.Unusable;
            }

            if (result.GetValue(array) is { } language)
            {
                Console.Error.WriteLine($"sigtab: --array: '{language}' is for a public key, and {path} is a table");
                return ExitCode.WrongUsage;
            }

            Console.Out.Write(TableText.Of(table));
            return ExitCode.Done;
        });
        return command;
    }

    private static bool Begins(string path, string text)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] octets = new byte[text.Length];
            return file.ReadAtLeast(octets, octets.Length, false) == octets.Length && Encoding.Latin1.GetString(octets) == text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading it as a table says why.
            return false;
        }
    }

    private static int Key(string path, string? language)
    {
        if (!KeyFile.TryReadPublic(path, out PublicKey? key, out string problem))
        {
            Files.Complain(path, problem);
            return ExitCode.Unusable;
        }

        Console.Out.WriteLine($"key {key.Id}, ECDSA P-256");
        if (language is not null)
        {
            Console.Out.Write(KeyText.ArrayOf(key, language));
        }

        return ExitCode.Done;
    }
}
