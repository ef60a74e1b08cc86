using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Appliance.Firmware;
using Appliance.Playback;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Sites;
using Appliance.Simulator.Explain;
using Appliance.Simulator.Faults;
using Appliance.Simulator.Outputs;
using Appliance.Simulator.Report;

namespace Appliance.Simulator;

/// <summary>The command line: what may be given, and what is wrong with what was.</summary>
internal static class CommandLine
{
    // There is one of each option, and a command that takes it in changes it: a test runs several lines at once.
    private static readonly Lock Turn = new();

    private static readonly Argument<string[]> Captures = new("CAPTURE")
    {
        Description = "pcap or pcapng files of Ethernet, in the order of time; - is standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Rules = new("--rules")
    {
        Description = "rule files to use instead of the shipped ones",
        HelpName = "FILE.rules",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Site = new("--site")
    {
        Description = "the site profile; without it the home network is what is private, and what the captures or the interface show to be local",
        HelpName = "FILE.toml",
    };

    private static readonly Argument<string?> Interface = new("INTERFACE")
    {
        Description = "the network interface to watch, such as eth0; it is set to promiscuous mode. Without it, and without options, those that "
            + "there are are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<double?> For = new("--for")
    {
        Description = "stop after so many seconds; without it, on an interrupt (Ctrl+C)",
        HelpName = "SECONDS",
        CustomParser = result => ParseNumber(result, 0.001, 1e9),
    };

    private static readonly Option<string?> Table = new("--table")
    {
        Description = "a compiled table in place of rules and site; the box takes it for its image's built-in one",
        HelpName = "FILE.sigtab",
    };

    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "the folder that stands for the box's storage: new tables in its inbox are taken, slots are used",
        HelpName = "DIR",
    };

    private static readonly Option<PublicKey[]> Keys = new("--key")
    {
        Description = "a public key that the box trusts; at most two",
        HelpName = "NAME.pub.pem",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseKeys,
    };

    private static readonly Option<string?> Board = new("--board")
    {
        Description = "the box's board, without it the one that the table is for; it refuses a table that was compiled for another "
            + "class of boards, and one without external memory has no imaging eyes",
        HelpName = string.Join('|', SiteBoard.Names),
        CustomParser = ParseBoard,
        CompletionSources = { _ => SiteBoard.Names.Select(name => new CompletionItem(name)) },
    };

    private static readonly Option<string?> Messages = new("--messages")
    {
        Description = "which messages the box sends: alerts, or all (also heartbeat, table and health). "
            + "all is the default under live, and when --storage, --key or a fault is given",
        HelpName = "alerts|all",
        CustomParser = ParseMessages,
        CompletionSources = { _ => Words("alerts|all") },
    };

    private static readonly Option<string[]> FaultCollector = Fault(
        "collector", "down|slow|reset[@FROM[-TO]]",
            "the collector is away, takes a message a second, or resets every connection");

    private static readonly Option<string[]> FaultUplink = Fault(
        "uplink", "down|flap|no-address[@FROM[-TO]]",
            "the uplink has no link, or one that comes and goes every ten seconds, or a link and no address");

    private static readonly Option<string[]> FaultLink = Fault(
        "link", "down|flap[@FROM[-TO]]", "the mirror port has no link, or one that comes and goes every second");

    private static readonly Option<string[]> FaultRing = Fault(
        "ring", "stall[@FROM]", "the receiver stalls: frames come, none is delivered until it is reset");

    private static readonly Option<string[]> FaultClock = Fault(
        "clock", "step:±SECONDS@FROM|silent@FROM-TO|unset", "the time server goes wrong by so much, or does not answer; or the box starts without a time, until the server answers: with silent@0-TO for so long");

    private static readonly Option<string[]> FaultStorage = Fault(
        "storage", "cut:N|torn:N|full",
            "power fails at the Nth change of a file, cleanly or with half of it written; or there is no room");

    private static readonly Option<string[]>[] Faults = [FaultCollector, FaultUplink, FaultLink, FaultRing, FaultClock,
        FaultStorage];

    private static readonly Option<string?> Alerts = new("--alerts")
    {
        Description = "write the RFC 5424 lines there, one a line; - is standard output",
        HelpName = "FILE|-",
    };

    private static readonly Option<string?> Matches = new("--matches")
    {
        Description = "write frame-number<TAB>gid:sid:rev there, a line for each match; frames are counted from 1",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Stats = new("--stats")
    {
        Description = "write counters, speed and device memory there",
        HelpName = "FILE.json",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "write a report of the incidents for an analyst there: one page that loads nothing else",
        HelpName = "FILE.html",
    };

    private static readonly Option<Uri?> Collector = new("--collector")
    {
        Description = "send the alerts to a syslog collector: udp://HOST:PORT, tcp://HOST:PORT (octet counting), or tls://HOST:PORT",
        HelpName = "URL",
        CustomParser = ParseCollector,
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "times the capture's own speed, such as 1 or 60; max is as fast as possible",
        HelpName = "max|N",
        CustomParser = ParseSpeed,
    };

    private static readonly Option<double> Drop = new("--drop")
    {
        Description = "probability (0 to 1) with which a frame is lost on its way to the sensor",
        HelpName = "P",
        CustomParser = result => ParseNumber(result, 0, 1),
    };

    private static readonly Option<double?> Span = new("--span")
    {
        Description = "the switch mirrors into a port of this rate, such as 100M, and drops what its buffer has no room for",
        HelpName = "RATE",
        CustomParser = ParseSpan,
    };

    private static readonly Option<bool> Light = new("--light")
    {
        Description = "tell what the light of the box shows and when it changes, with what the technician's page says of it",
    };

    private static readonly Option<int> Ring = new("--ring")
    {
        Description = $"slots in the ring, 1 to {ReplayOptions.LargestRing}",
        HelpName = "N",
        DefaultValueFactory = _ => ReplayOptions.DefaultRing,
        CustomParser = result => (int)ParseNumber(result, 1, ReplayOptions.LargestRing, whole: true),
    };

    private static readonly Option<Actor> Source = new("--src")
    {
        Description = "the actor: an IPv4, IPv6 or MAC address",
        HelpName = "A",
        Required = true,
        CustomParser = ParseActor,
    };

    private static readonly Option<Actor?> Target = new("--dst")
    {
        Description = "only what it did to this host",
        HelpName = "B",
        CustomParser = ParseActor,
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "every step; without it the middle of a long story is left out",
    };

    /// <summary>Does what the arguments say.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            return Demo.Demo.Run();
        }

        RootCommand root;
        ParseResult parsed;
        lock (Turn)
        {
            root = MakeRoot();
            parsed = root.Parse(SpreadRules(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        }

        return Answer(root, parsed, arguments);
    }

    private static RootCommand MakeRoot()
    {
        var replay = new Command("replay",
            """
            Replays captures through the tap's sensor, and says what it would have told; the captures' time stamps are the clock.

            Examples:
              tapsim replay monday.pcap
              tapsim replay monday.pcap tuesday.pcap --site ward.toml --report days.html --alerts days.log
              tapsim replay monday.pcap --messages all --light --fault-link down@60-120
            """)
        {
            Captures, Rules, Site, Table, Storage, Keys, Board, Messages, Alerts, Matches, Stats, Report, Collector, Speed, Drop, Ring,
            Span, Light,
        };
        foreach (Option<string[]> fault in Faults)
        {
            replay.Add(fault);
        }

        replay.Validators.Add(CheckPaths);
        replay.SetAction(result => Replay.Run(OptionsOf(result)));
        var live = new Command("live",
            """
            Watches a network interface as the box watches its mirror port. Needs libpcap, and root or CAP_NET_RAW.

            Examples:
              tapsim live                    lists the interfaces
              tapsim live eth0 --for 60
              tapsim live eth0 --for 3600 --site ward.toml --report hour.html
            """)
        {
            Interface, Rules, Site, Table, Storage, Keys, Board, Messages, Alerts, Matches, Stats, Report, Collector, Drop, Ring, Light,
            For,
        };
        foreach (Option<string[]> fault in Faults)
        {
            live.Add(fault);
        }

        live.Validators.Add(CheckPaths);
        live.Validators.Add(RefuseNoInterface);
        live.SetAction(result => Live.Run(OptionsOf(result)));
        var explain = new Command("explain",
            """
            Replays captures and tells of one actor why it was told, or why not: each attempt, what came of it, each limit and its value.

            Examples:
              tapsim explain monday.pcap --src 10.1.7.20
              tapsim explain monday.pcap --src 10.1.7.20 --dst 10.1.2.5 --site ward.toml --all
            """)
        {
            Captures, Source, Target, Rules, Site, Table, Keys, Board, All,
        };
        explain.Validators.Add(CheckPaths);
        explain.SetAction(result => ExplainCommand.Run(OptionsOf(result, ring: 1), result.GetRequiredValue(Source), result.GetValue(Target),
            result.GetValue(All)));
        Command report = ReportLine.Make();
        var root = new RootCommand(
            """
            tapsim: the passive tap's firmware on a workstation. Without arguments: a demo that replays ten detects. 'tapsim COMMAND --help' has more.

            From a capture to a report:
              tapsim replay monday.pcap                                             what is in it, for a person
              tapsim replay monday.pcap --site ward.toml --alerts monday.log        the lines that a box of that site would send
              tapsim report monday.log --report monday.html --site ward.toml        what an analyst would write of them
              tapsim explain monday.pcap --src 10.1.7.20                            why that one was told, or why not
              tapsim live eth0 --for 60                                             this machine's own network for a minute
            """)
        {
            replay, live, explain, report, Completion.Make("tapsim"),
        };
        root.SetAction(_ => Demo.Demo.Run());
        foreach (Command each in root.Subcommands)
        {
            string interrupted = each == replay || each == explain ? ", 130 interrupted (Ctrl-C)" : each == live ? "; Ctrl-C is its ordinary end" : "";
            each.WithExitCodes("0 done, 1 wrong usage, 2 an input can't be used or an output not be written" + interrupted);
        }

        return root;
    }

    private static int Answer(RootCommand root, ParseResult parsed, string[] arguments)
    {
        if (parsed.Errors.Count == 0)
        {
            if (parsed.CommandResult.Command == root)
            {
                HelpText.ShortenList(root);
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null
            });
        }

        // Where captures may stand each word is one to the parser, and is looked at there.
        IEnumerable<string> messages = parsed.UnmatchedTokens.Count > 0 ? HelpText.WhatIsWrong(parsed, root, "tapsim", arguments, "replay")
            : parsed.Errors.Select(e => e.Message).Distinct();
        foreach (string message in messages)
        {
            Console.Error.WriteLine($"tapsim: {message}");
        }

        Command command = parsed.CommandResult.Command;
        Console.Error.WriteLine($"usage: tapsim {(command == root ? "" : command.Name + " ")}--help tells what can be given");
        return ExitCode.WrongUsage;
    }

    // Explain takes a frame a turn, so that what each has changed can be seen.
    private static ReplayOptions OptionsOf(ParseResult result, int? ring = null) => new()
    {
        Captures = result.GetValue(Captures) ?? [],
        Interface = result.GetResult(Interface) is null ? null : result.GetValue(Interface),
        Seconds = result.GetValue(For),
        Rules = result.GetValue(Rules) ?? [],
        Site = result.GetValue(Site),
        Table = result.GetValue(Table),
        Storage = result.GetValue(Storage),
        Keys = result.GetValue(Keys) ?? [],
        Board = result.GetValue(Board) is { } board ? SiteBoard.ClassOf(board) : BoardClass.Any,
        AllMessages = result.GetValue(Messages) is { } which ? which == "all" : null,
        Faults = FaultsOf(result),
        Alerts = result.GetValue(Alerts),
        Matches = result.GetValue(Matches),
        Stats = result.GetValue(Stats),
        Report = result.GetResult(Report) is null ? null : result.GetValue(Report),
        Collector = result.GetValue(Collector),
        Speed = result.GetValue(Speed),
        Drop = result.GetValue(Drop),
        Ring = ring ?? result.GetValue(Ring),
        Span = result.GetValue(Span),
        Light = result.GetValue(Light),
    };

    private static Option<string[]> Fault(string name, string values, string description) => new("--fault-" + name)
    {
        Description = values.Contains('@', StringComparison.Ordinal)
            ? description + " (times in seconds from the first frame; under live, from the start)" : description,
        HelpName = values,
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { _ => Words(values) },
    };

    // Of what an option takes, for a shell: the word of each, up to where a number or a time begins.
    private static IEnumerable<CompletionItem> Words(string values) => values.Split('|').Select(value =>
    {
        int end = value.IndexOfAny([':', '@', '[']);
        return new CompletionItem(end < 0 ? value : value[end] == '[' ? value[..end] : value[..(end + 1)]);
    });

    private static FaultOptions FaultsOf(ParseResult result)
    {
        var faults = new FaultOptions();
        foreach (Option<string[]> option in Faults)
        {
            foreach (string text in result.GetValue(option) ?? [])
            {
                faults.Add(NameOf(option), text);
            }
        }

        return faults;
    }

    private static string NameOf(Option option) => option.Name["--fault-".Length..];

    private static Actor? ParseActor(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        Actor? actor = Actor.Read(text);
        if (actor is null && text.Length > 0)
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{text}' is no IPv4, IPv6 or MAC address");
        }

        return actor;
    }

    private static PublicKey[]? ParseKeys(ArgumentResult result)
    {
        var keys = new List<PublicKey>();
        foreach (Token token in result.Tokens)
        {
            if (KeyFile.TryReadPublic(token.Value, out PublicKey? key, out string problem))
            {
                keys.Add(key);
            }
            else
            {
                result.AddError($"--key: {token.Value}: {problem}");
            }
        }

        if (keys.Count > TrustedKey.Most)
        {
            result.AddError($"--key: a box trusts at most {TrustedKey.Most} keys, and {keys.Count} were given");
        }

        return [.. keys];
    }

    private static string? ParseBoard(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length > 0 && SiteBoard.IsKnown(text))
        {
            return text;
        }

        result.AddError($"--board: '{text}' is no board; there are {string.Join(", ", SiteBoard.Names)}");
        return null;
    }

    private static string? ParseMessages(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text is not ("alerts" or "all"))
        {
            result.AddError($"--messages: '{text}' is neither alerts nor all");
        }

        return text;
    }

    private static Uri? ParseCollector(ArgumentResult result)
    {
        Uri? address = Outputs.Collector.ParseAddress(result.Tokens[0].Value, out string? problem);
        if (problem is not null)
        {
            result.AddError($"--collector: {problem}");
        }

        return address;
    }

    private static double ParseSpeed(ArgumentResult result)
    {
        return result.Tokens[0].Value == "max" ? 0 : ParseNumber(result, double.Epsilon, 1e9, orMax: true);
    }

    private static double? ParseSpan(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (MirrorSpan.TryParse(text, out double rate))
        {
            return rate;
        }

        result.AddError($"--span: '{text}' is no rate: bits a second from 1K to 1000G, such as 100M");
        return null;
    }

    private static double ParseNumber(ArgumentResult result, double least, double most, bool whole = false, bool orMax = false)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= most && (!whole || value == Math.Floor(value)))
        {
            return value;
        }

        string kind = whole ? "a whole number" : "a number";
        string range = orMax ? "above 0, or max," : string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}");
        result.AddError($"--{((OptionResult)result.Parent!).Option.Name.TrimStart('-')}: '{text}' is not {kind} {range}".TrimEnd(','));
        return least;
    }

    /// <summary>
    /// Lets one --rules take several files, as the shell expands *.rules, but not the captures that may stand behind them.
    /// </summary>
    private static List<string> SpreadRules(string[] arguments)
    {
        var spread = new List<string>();
        bool inRules = false;
        string before = string.Empty;
        foreach (string argument in arguments)
        {
            inRules = before == "--rules" || (inRules && argument.EndsWith(".rules", StringComparison.Ordinal));
            if (inRules && before != "--rules")
            {
                spread.Add("--rules");
            }

            spread.Add(argument);
            before = argument;
        }

        return spread;
    }

    /// <summary>A slip of the fingers must not overwrite a capture or a rule file.</summary>
    private static void CheckPaths(CommandResult result)
    {
        RefuseEmpty(result);

        // Read from the tokens, since a value that is missing can't be asked for.
        List<string> captures = TokensOf(result, Captures);
        foreach (string option in captures.Where(c => c.Length > 1 && c[0] == '-'))
        {
            string meant = Suggestion.For(option.Split('=')[0], result.Command.Options.Select(o => o.Name));
            result.AddError($"unknown option '{option}'" + (meant.Length > 0 ? meant : $" (a file of that name is given as ./{option})"));
        }

        if (captures.Count(c => c == "-") > 1)
        {
            result.AddError("standard input (-) can be replayed once only");
        }

        if (TokensOf(result, Matches).Contains("-") || TokensOf(result, Stats).Contains("-") || TokensOf(result, Report).Contains("-"))
        {
            result.AddError("--matches, --stats and --report need a file; only --alerts can go to standard output");
        }

        if (TokensOf(result, Table).Count > 0 && TokensOf(result, Rules).Count + TokensOf(result, Site).Count > 0)
        {
            result.AddError("--table stands in place of --rules and --site");
        }

        foreach (Option<string[]> option in Faults)
        {
            foreach (string text in TokensOf(result, option).Where(t => t.Length > 0))
            {
                if (new FaultOptions().Add(NameOf(option), text) is { } problem)
                {
                    result.AddError($"{option.Name}: {problem}");
                }
            }
        }

        if (TokensOf(result, FaultStorage).Count > 0 && TokensOf(result, Storage).Count == 0)
        {
            result.AddError("--fault-storage needs a storage that can fail: give --storage DIR");
        }

        var taken = new Dictionary<string, string>(RealPath.Comparer);
        foreach (string input in captures.Where(c => c != "-").Concat(TokensOf(result, Rules)).Concat(TokensOf(result, Site))
            .Concat(TokensOf(result, Table)).Concat(TokensOf(result, Keys)))
        {
            if (input.Length > 0 && PlaceOf(input) is { } place)
            {
                taken[place] = "is also an input";
            }
        }

        foreach (string output in new[] { Alerts, Matches, Stats, Report }.SelectMany(o => TokensOf(result, o)).Where(o => o is not ("-" or "")))
        {
            if (PlaceOf(output) is { } place && !taken.TryAdd(place, "is given for two outputs"))
            {
                result.AddError($"{output}: {taken[place]}; it would be overwritten");
            }
        }
    }

    // Whoever has given more than the command's name means to watch.
    private static void RefuseNoInterface(CommandResult result)
    {
        if (TokensOf(result, Interface).Count == 0 && result.Children.OfType<OptionResult>().Any(o => !o.Implicit))
        {
            result.AddError("live: an INTERFACE is needed; 'tapsim live' lists them");
        }
    }

    // An empty text is what a script passes whose variable is not set; it names nothing.
    private static void RefuseEmpty(CommandResult result)
    {
        foreach (Option option in result.Command.Options.Where(o => TokensOf(result, o).Contains("")))
        {
            result.AddError($"{option.Name}: '' is empty; {option.HelpName} is needed");
        }

        foreach (Argument argument in result.Command.Arguments.Where(a => TokensOf(result, a).Contains("")))
        {
            result.AddError($"{argument.Name}: '' is empty");
        }
    }

    // Behind symbolic links; null where they lead nowhere, which is told when the file is opened.
    private static string? PlaceOf(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static List<string> TokensOf(SymbolResult result, Symbol symbol)
    {
        IReadOnlyList<Token>? tokens = symbol switch
        {
            Argument argument => result.GetResult(argument)?.Tokens,
            Option option => result.GetResult(option)?.Tokens,
            _ => null,
        };
        return tokens is null ? [] : [.. tokens.Select(t => t.Value)];
    }
}
