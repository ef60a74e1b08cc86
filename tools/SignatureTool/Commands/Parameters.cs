using System.CommandLine;
using System.Globalization;

namespace Appliance.SignatureTool.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Parameters
{
    public static Argument<string[]> Rules()
    {
        return new Argument<string[]>("RULES") { Description = "Rule files in Snort 3's syntax.", Arity = ArgumentArity.OneOrMore };
    }

    public static Option<string> Site()
    {
        return new Option<string>("--site") { Description = "The site profile.", HelpName = "F.toml", Required = true };
    }

    public static Option<bool> Lenient()
    {
        return new Option<bool>("--lenient")
        {
            Description = "For rule files of others: what the sensor can't do is left out and listed, with the reason, instead of being an error.",
        };
    }

    public static Option<uint?> Sequence(string description)
    {
        return new Option<uint?>("--sequence")
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
                {
                    return number;
                }

                result.AddError($"--sequence: '{text}' is not a whole number from 0 to {SignCommand.MostSequence}");
                return null;
            },
        };
    }

    public static Option<string[]> TrustedKeys(bool required)
    {
        return new Option<string[]>("--key")
        {
            Description = "A public key that the device trusts; may be given for each.",
            HelpName = "K.pub.pem",
            Required = required,
            Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
    }

    public static Option<string?> Array()
    {
        Option<string?> option = new("--array")
        {
            Description = "Also prints the key's 64 octets as source code for an image.",
            HelpName = "csharp|c",
        };
        option.AcceptOnlyFromAmong(Keys.KeyText.Languages);
        return option;
    }
}
