using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>Whom is it aimed at: a host, a group, a network, everybody; and who of them answered.</summary>
internal sealed class Targeting
{
    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("Targeting", story);
        Facts facts = story.Facts;
        long hosts = facts.Number("dsts");
        string actor = Phrase.Actor(story);
        switch (story.Kind)
        {
            case "sweep":
                passage.Say($"{actor} asked {Phrase.Count(hosts, "host")} of {facts["dst"]} for {Phrase.Service(facts)}: "
                    + "a network is targeted, not a particular host.", "src", "dst", "dsts", "proto", "dport");
                break;
            case "scan":
                passage.Say($"{actor} asked {Phrase.Count(hosts, "host")} of {facts["dst"]} for many services "
                    + $"({Phrase.Service(facts)}): whatever is there is looked for.",
                    "src", "dst", "dsts", "proto", "dports");
                break;
            case "port-scan":
                passage.Say($"{actor} asked one host, {facts["dst"]}, for many services: this host is targeted.", "src", "dst",
                    "dports");
                break;
            case "distributed-probe":
                passage.Say($"{Phrase.Count(facts.Number("srcs"), "source")} center on one host, {facts["dst"]}: the targeting "
                    + "is extremely focused.", "srcs", "dst");
                passage.Say(story.Sources.Count > 0 ? $"The sources are {Phrase.List(story.Sources)}{Others(story)}." : "",
                    "first", "words");
                passage.Say($"{Phrase.Count(facts.Number("frames"), "probe")} came, to {Phrase.Service(facts)}.", "frames",
                    "dports", "dport", "proto");
                break;
            case "restricted-service":
                Restricted(passage, story);
                break;
            case "suspect-service":
                passage.Say($"{actor} and {Phrase.Target(story)} talk with each other on {Phrase.Service(facts)}: one pair, and "
                    + "no search.", "src", "dst", "dport", "proto");
                break;
            case "inverse-map":
                passage.Say($"{Phrase.Count(facts.Number("frames"), "answer")} came to {Phrase.Count(hosts, "host")} of "
                    + $"{facts["dst"]} that had asked nothing: "
                    + "hosts of the network at random, or whose addresses somebody forged.", "frames", "dsts", "dst");
                break;
            case "dark-host":
                passage.Say($"{actor} keeps asking {Phrase.Count(hosts, "address", "addresses")} of {facts["dst"]}: poor but "
                    + "definite targeting.", "src", "dsts", "dst");
                break;
            case "broadcast":
                passage.Say($"{actor} sends to {facts["dst"]}, so that every host of that network has to read it: nobody in "
                    + "particular is targeted.", "src", "dst");
                break;
            case "dicom-guess":
                passage.Say($"{actor} asked {facts["dst"]} for one called title after the other ({Phrase.Service(facts)}): this archive or "
                    + "modality is targeted.", "src", "dst", "dport", "proto");
                break;
            case "dicom-caller":
                passage.Say($"{actor} called {facts["dst"]}{AsWhom(facts)} on {Phrase.Service(facts)}: this service is targeted.", "src",
                    "dst",
                    "name", "dport", "proto");
                break;
            case "weak-service" when facts["dport"] is "" or "0":
                // Of no port: by how it opened a connection, wherever to.
                passage.Say($"{actor} is a system without updates{(facts["name"].Length > 0 ? $" ({facts["name"]})" : "")}, by how it "
                    + $"opened a connection to {facts["dst"]}: nobody is targeted yet.", "src", "name", "dst");
                break;
            case "weak-service":
                passage.Say($"{facts["dst"]} serves {Phrase.Service(facts)} in a way that is known to be weak"
                    + $"{(facts["name"].Length > 0 ? $" ({facts["name"]})" : "")}, as {actor} used it: nobody is targeted yet.", "dst",
                        "name", "dport", "src");
                break;
            case "new-host":
                passage.Say($"{actor} was not there before.", "src");
                break;
            default:
                passage.Say($"{actor} and {Phrase.Target(story)}, {Phrase.Service(facts)}.", "src", "srcs", "dst", "dsts",
                    "proto", "dport");
                break;
        }

        Answers(passage, story);
        Named(passage, story);
        Darkness(passage, facts, story.Kind == "port-scan" ? "port" : "host");
        Unseen(passage, story);
        return passage;
    }

    private static void Restricted(Passage passage, Story story)
    {
        Facts facts = story.Facts;
        string group = facts["group"].Length > 0 ? $" of the group {facts["group"]}" : "";
        string named = story.Hosts.Count > 0 ? $" "
            + $"({Phrase.List(story.Hosts)}{(story.Hosts.Count < facts.Number("dsts") ? " by name" : "")})" : "";
        passage.Say($"{Phrase.Actor(story)} tried {Phrase.Count(facts.Number("dsts"), "host")}{group}{named} on "
            + $"{Phrase.Service(facts)}.",
            "src", "dsts", "group", "dst", "hosts", "dport");
        passage.Say(story.Words.Contains("no others", System.StringComparison.Ordinal)
            ? "It tried these and no others: this is no scan, somebody chose them."
                : story.Words.Contains("among others", System.StringComparison.Ordinal)
            ? "It tried others besides: part of a wider search." : "", "words");
    }

    private static void Answers(Passage passage, Story story)
    {
        Facts facts = story.Facts;
        if (story.Kind is "dicom-guess" or "dicom-caller")
        {
            Associations(passage, facts);
            return;
        }

        long answered = facts.Number("answered");
        List<string> named = story.AnsweredBy();
        bool arePorts = story.Kind == "port-scan";
        if (answered > 0 || named.Count > 0)
        {
            long unnamed = story.Unnamed(named);
            string who = named.Count == 0 ? ""
                : ": " + Phrase.List(arePorts ? [.. named.Select(Phrase.Port)] : named)
                    + (unnamed > 0 ? $" and {unnamed} that no line had room for" : "");
            passage.Say($"{Phrase.Count(answered > 0 ? answered : named.Count, arePorts ? "port" : "host")} answered{who}.",
                "answered", "answeredBy", "frames of the capture");
        }
        else if (story.Evidence is { Answered.Count: > 0 } evidence)
        {
            passage.Say($"By the frames of the capture these answered: {Phrase.List([.. evidence.Answered])}.",
                "frames of the capture");
        }

        if (facts.Number("refused") > 0)
        {
            passage.Say(arePorts ? $"{Phrase.Count(facts.Number("refused"), "port")} refused: the host is there, and does not serve them."
                : $"{Phrase.Count(facts.Number("refused"), "host")} refused: it is there, and does not serve this.", "refused");
        }
    }

    // What their server answered is counted by associations, and of HL7 not at all.
    private static void Associations(Passage passage, Facts facts)
    {
        long accepted = facts.Number("answered");
        long rejected = facts.Number("refused");
        if (accepted + rejected > 0)
        {
            string said = Phrase.Count(rejected, "association") + (rejected == 1 ? " was" : " were");
            passage.Say(string.Create(CultureInfo.InvariantCulture, $"{said} rejected or aborted, {accepted:N0} accepted."), "answered", "refused");
        }
    }

    private static void Darkness(Passage passage, Facts facts, string unit)
    {
        long dark = facts.Number("dark");
        long silent = facts.Number("silent");
        if (dark > 0)
        {
            passage.Say(facts.Number("dsts") > dark ? $"Of these, {dark} {(dark == 1 ? "is an address" : "are addresses")} at "
                + "which nobody ever spoke: dark hosts."
                : dark == 1 ? "At this address nobody ever spoke: a dark host."
                    : $"All {dark} are addresses at which nobody ever spoke: dark hosts.", "dark");
        }

        if (silent > 0)
        {
            passage.Say($"{Phrase.Count(silent, unit)} did not answer.", "silent");
        }
    }

    private static void Unseen(Passage passage, Story story)
    {
        long unseen = story.Facts.Number("unseen");
        if (unseen > 0)
        {
            passage.Say($"The steps between those seen say that {unseen} more were asked whose frames the switch did not send to "
                + "the tap.", "unseen", "stride");
        }
    }

    /// <summary>Of a grave incident every host that any line names: each has to be looked at.</summary>
    private static void Named(Passage passage, Story story)
    {
        long hosts = story.Facts.Number("dsts");
        if (story.Severity < 4 || story.Hosts.Count < 2 || story.Kind == "restricted-service")
        {
            return;
        }

        long unnamed = hosts - story.Hosts.Count;
        passage.Say($"The lines name {Phrase.List(story.Hosts)}"
            + (unnamed > 0 ? $"; of {Phrase.Count(unnamed, "more host")} no line had room for the address" : "") + ".", "hosts",
                "answeredBy",
            "dst");
    }

    private static string AsWhom(Facts facts) => facts["name"].Length > 0 ? $" as \"{facts["name"]}\"" : "";

    private static string Others(Story story)
    {
        long unnamed = story.Facts.Number("srcs") - story.Sources.Count;
        return unnamed > 0 ? $" and {unnamed} that no line names" : "";
    }
}
