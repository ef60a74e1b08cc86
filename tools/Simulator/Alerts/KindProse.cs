using System;

namespace Appliance.Simulator.Alerts;

/// <summary>What each kind of incident means and what to do about it, where no rule says it better.</summary>
internal static class KindProse
{
    /// <summary>The kind of an incident that is none: a table asked for it, to see an alert arrive.</summary>
    public const string Test = "test-alert";

    private const string EachAnswerer = "each host that answered";

    private static readonly string[] Words =
        ["sweep", "port-scan", "distributed-probe", "restricted-service", "inverse-map", "dark-host", "broadcast", "suspect-service",
            "scan"];

    /// <summary>What is said of an incident that the site profile explains.</summary>
    /// <param name="explanation">The explanation's name.</param>
    public static Prose OfExpected(string explanation) => new(
        $"The site profile expects it: {explanation}.", "Nothing to do as long as that is still true; else take it out of the profile.");

    /// <summary>Advice that names who answered: whoever is sent there has to know where to go.</summary>
    /// <param name="advice">The advice, one sentence.</param>
    /// <param name="kind">The incident's kind.</param>
    /// <param name="answeredBy">Its parameter: hosts, or ports of one host, with <c>+</c> behind them where there are more; empty
    /// for none.</param>
    public static string WithAnswerers(string advice, string kind, string answeredBy)
    {
        if (answeredBy.Length == 0)
        {
            return advice;
        }

        string named = string.Join(", ", answeredBy.TrimEnd('+').Split(',')) + (answeredBy.EndsWith('+') ? " and more" : string.Empty);
        return advice.Contains(EachAnswerer, StringComparison.Ordinal)
            ? advice.Replace(EachAnswerer, $"{EachAnswerer} ({named})", StringComparison.Ordinal)
            : $"{advice}{(advice.Length > 0 ? " " : string.Empty)}Answered: {(kind is "port-scan" or "distributed-probe" ? "port " : string.Empty)}{named}.";
    }

    /// <summary>The word for a kind, as the MSGID of its lines.</summary>
    /// <param name="kind">A constant of <see cref="Sensor.Incidents.Kind"/>.</param>
    public static string WordOf(int kind) => Words[kind];

    /// <summary>The kind of a word, a constant of <see cref="Sensor.Incidents.Kind"/>; -1 for one that is not known
    /// here.</summary>
    /// <param name="word">The MSGID.</param>
    public static int NumberOf(string word) => System.Array.IndexOf(Words, word);

    /// <summary>What the kind means, in a sentence; empty for a kind that is not known here.</summary>
    public static string MeaningOf(string kind) => kind switch
    {
        "sweep" => "One actor asks many hosts for the same service: reconnaissance before an attack.",
        "port-scan" => "One actor asks one host for many services: it looks for a way in.",
        "distributed-probe" =>
            "Several actors ask one host for services that it does not offer: one search shared out, or a list that goes around.",
        "restricted-service" => "Somebody tries a service that the site keeps to itself.",
        "inverse-map" => "Answers to questions that nobody here asked: either a map of hosts by what does not answer, or the echo of "
            + "somebody else's scan that forged our addresses.",
        "dark-host" => "Repeated questions to addresses where nothing lives, while others are in use: an old configuration or a stale list.",
        "scan" => "One actor asks many hosts for many services: whatever is there is looked for.",
        "suspect-service" =>
            "Two machines talk on a port that nobody serves in good faith: what was sought elsewhere seems to be found here.",
        "dicom-guess" => "Somebody guesses the names by which a DICOM service lets callers in.",
        "dicom-caller" => "Somebody calls a DICOM or HL7 service by a name or from a place that is not known there: a new device, a moved one, a wrong setting, or a stranger.",
        "weak-service" => "A service that carries what it should protect in the clear, or with a protocol that is known to be weak.",
        "new-host" => "A machine that was not there before.",
        Test => "No attack: the box's new table asked for one alert, so that it is seen to arrive.",
        "broadcast" => "A broadcast at a steady beat that nothing explains: every host of the network has to read it.",
        _ => string.Empty,
    };

    /// <summary>
    /// The advice of an incident: its rule's, else its kind's. A rule's words are about whoever looks for the service; where it
    /// was found and is talked with, that is past.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ofRule">The rule's advice; null or empty for none.</param>
    /// <param name="isInside">Who does it is at home.</param>
    public static string AdviceOf(string kind, string? ofRule, bool isInside) =>
        IsRulesOwn(kind) && ofRule is { Length: > 0 } ? ofRule : AdviceOf(kind, isInside);

    /// <summary>Whether a rule's words fit an incident of the kind: they are about a search, not about what was found.</summary>
    public static bool IsRulesOwn(string kind) => kind != "suspect-service";

    /// <summary>What to do about it, in a sentence; empty for a kind that is not known here.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isInside">Who does it is at home: no border keeps him out, and somebody here can look at his machine.</param>
    public static string AdviceOf(string kind, bool isInside) => kind switch
    {
        "sweep" => isInside ? "Take the source off the network until somebody has looked at it, and look at each host that answered."
            : "Block the source at the border, and look at each host that answered.",
        "port-scan" => isInside ? "Take the source off the network until somebody has looked at it, and close what the host need not offer."
            : "Block the source, and close what the host need not offer.",
        "distributed-probe" => "Check the host for the trojan that is asked for, and "
            + (isInside ? "look at each source." : "write to each source's provider."),
        "restricted-service" => isInside
            ? "Ask who works at the source; if nobody meant it, take it off the network, and look through the host's log for a login."
            : "Close the service to the outside, and look through the host's log for a login.",
        "inverse-map" => isInside ? "Look on the source for what answers there, and at who forges the addresses of its visitors."
            : "Drop such packets at the border by state, and tell the owner of the answering network.",
        "dark-host" => isInside ? "Find on the source what still lists these addresses, and take them out."
            : "Find out who still lists these addresses, and drop them at the border.",
        "scan" => isInside ? "Take the source off the network until somebody has looked at it, and look at each host that answered."
            : "Block the source at the border, and look at each host that answered.",
        "suspect-service" => "Take the inside machine off the network, keep its memory and disk, and find out what listens there; "
            + "if it serves the port for good, name it in the site profile ([[serves]]).",
        "dicom-guess" => isInside ? "Ask who works at the source; check which callers the archive admits."
            : "Close the service to the outside.",
        "dicom-caller" => "Ask who added the station; if it is meant, add it to the site profile.",
        "weak-service" => "Plan its replacement, and fence it in until then.",
        "new-host" => "Ask who connected it; if nobody did, find the wall socket.",
        Test => "Tell whoever installed the box that it has arrived.",
        "broadcast" => "Ask the owner of the device; if it is meant, add it to the site profile as expected.",
        _ => string.Empty,
    };
}
