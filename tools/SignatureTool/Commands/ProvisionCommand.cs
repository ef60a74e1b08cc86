using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Firmware;
using Appliance.SignatureTool.Flashing;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab provision</c></summary>
internal static class ProvisionCommand
{
    private const int DefaultWait = 90;
    private const int LongestWait = 3600;

    public static Command Make()
    {
        Option<string?> port = new("--port") { Description = "The serial port that the box is at.", HelpName = "/dev/ttyUSB0" };
        Option<string?> simulator = new("--simulator")
        {
            Description = "The folder that stands for a simulated box's storage (tapsim replay --storage DIR).",
            HelpName = "DIR",
        };
        Option<string[]> keys = Parameters.TrustedKeys(true);
        keys.Description = "A public key that the box shall trust; at most two, so that one can follow the other.";
        Option<string> table = new("--table")
        {
            Description = "Its first table, signed with one of the keys.",
            HelpName = "T.sigtab",
            Required = true
        };
        Option<string> network = new("--network")
        {
            Description = "The network of its uplink.",
            HelpName = NetworkSettings.Forms,
            Required = true
        };
        Option<string?> password = new("--wifi-password")
        {
            Description = "A file with the password of the wireless network (WPA2): on the command line everybody on this machine could "
                + "read it.",
            HelpName = "FILE",
        };
        Option<string?> name = new("--name")
        {
            Description = "Its name, as each of its lines begins: letters, digits and hyphens inside, at most ten. A box that has a name "
                + "refuses another one. Without it one is made: tap- and six digits.",
            HelpName = "N",
        };
        Option<int> wait = new("--wait")
        {
            Description = "Seconds that the box is waited for, to see whether it took them; 0: not at all, and the network is set unseen, "
                + "also of a box that refuses these keys.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultWait,
        };
        var command = new Command("provision",
            """
            Makes a new box one of this site's: brings it the keys that it shall trust and its first table, by nanoff over the serial port, looks
            whether it took them, sets the network of its uplink, prints its label and what must happen next. A box takes keys once;
            afterwards only a table signed with one of them changes them ('compile --trust' and '--retire').

            Examples:
              sigtab provision --port /dev/ttyUSB0 --key site-key.pub.pem --key spare.pub.pem --table ward.sigtab --network dhcp
              sigtab provision --port COM5 --key site-key.pub.pem --table ward.sigtab --name tap-ward3 --network static=192.0.2.7/24,gateway=192.0.2.1
              sigtab provision --simulator box --key site-key.pub.pem --table ward.sigtab --network dhcp --wait 0
            """)
        {
            port, simulator, keys, table, network, password, name, wait,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(port) is null == result.GetResult(simulator) is null)
            {
                result.AddError("provision needs either --port or --simulator");
            }
        });
        keys.Validators.Add(result =>
        {
            if (result.Tokens.Count > TrustedKey.Most)
            {
                result.AddError($"--key: a box trusts at most {TrustedKey.Most} keys, and {result.Tokens.Count} are given");
            }
        });
        name.Validators.Add(result =>
        {
            foreach (string problem in result.Tokens.Where(t => t.Value.Length > 0).Select(t =>
                KeyOfferFile.Obstacle(t.Value)).OfType<string>())
            {
                result.AddError("--name: " + problem);
            }
        });
        network.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(t => t.Value).Where(v => v.Length > 0))
            {
                if (!NetworkSettings.TryRead(text, out _, out string problem))
                {
                    result.AddError("--network: " + problem);
                }
                else if (text.StartsWith("wifi=", StringComparison.Ordinal) && result.GetResult(password) is null)
                {
                    result.AddError("--network wifi=... needs --wifi-password FILE; the file holds the password");
                }
                else if (!text.StartsWith("wifi=", StringComparison.Ordinal) && result.GetResult(password) is not null)
                {
                    result.AddError($"--wifi-password: --network {text} is no wireless network; write wifi=SSID, or leave the password "
                        + $"away");
                }
            }
        });
        wait.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int seconds) || seconds is < 0 or > LongestWait))
            {
                result.AddError($"--wait: '{result.Tokens[0].Value}' is not a whole number from 0 to {LongestWait}");
            }
        });
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(table);
            if (!Files.TryReadKeys(result.GetRequiredValue(keys), out List<PublicKey> trusted) || !AreTwo(trusted)
                || !Files.TryRead(path, out byte[]? octets)
                    || !TryReadNetwork(result.GetRequiredValue(network), result.GetValue(password), out NetworkSettings? settings))
            {
                return ExitCode.Unusable;
            }

            TableVerdict verdict = TableVerifier.Verify(octets, trusted);
            int largest = new TapSettings().LargestTable;
            if (!verdict.IsAccepted || octets.Length > largest)
            {
                return Files.Complain(path, $"refused: "
                    + $"{verdict.Reason ?? $"too large: it has {octets.Length} octets, and a box takes {largest}"}");
            }

            if (verdict.Table!.CollectorAt == 0)
            {
                Console.Error.WriteLine($"{path}: warning: names no collector ([collector] address): the box would tell nobody what it "
                    + $"sees");
            }

            IBoxCable cable = result.GetValue(simulator) is { } folder ? new SimulatedCable(folder)
                : new NanoffCable(result.GetValue(port)!);
            var goods = new BoxGoods(result.GetValue(name) ?? NewName(), trusted, verdict.Table, path, settings);
            var provisioning = new Provisioning(cable, goods, Console.Out, Console.Error)
            {
                Pause = cable is SimulatedCable ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(10),
            };
            return provisioning.Run(TimeSpan.FromSeconds(result.GetValue(wait))) ? ExitCode.Done : ExitCode.Unusable;
        });
        return command;
    }

    private static string NewName()
    {
        return "tap-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    }

    private static bool AreTwo(List<PublicKey> keys)
    {
        if (keys.Count == 2 && keys[0].Id.Equals(keys[1].Id))
        {
            Console.Error.WriteLine($"error: both keys are {keys[0].Id}; the second is there to follow the first, and has to be another");
            return false;
        }

        return true;
    }

    private static bool TryReadNetwork(string text, string? passwordFile,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NetworkSettings? settings)
    {
        if (!NetworkSettings.TryRead(text, out settings, out _) || settings.Ssid is null || passwordFile is null)
        {
            return settings is not null;
        }

        if (!Files.TryRead(passwordFile, out byte[]? octets))
        {
            return false;
        }

        // An editor ends the line.
        string password = System.Text.Encoding.UTF8.GetString(octets).TrimEnd('\r', '\n');
        if (NetworkSettings.ObstacleOf(password) is { } obstacle)
        {
            Files.Complain(passwordFile, obstacle);
            return false;
        }

        settings = settings with { Password = password };
        return true;
    }
}
