using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>One heading of an incident's report, as the practical has them, with its sentences.</summary>
internal sealed class Passage
{
    private readonly List<Sentence> _sentences = [];
    private readonly Story _story;

    /// <summary>Begins a passage.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="story">The incident.</param>
    public Passage(string heading, Story story)
    {
        Heading = heading;
        _story = story;
    }

    /// <summary>Its heading.</summary>
    public string Heading { get; }

    /// <summary>Its sentences.</summary>
    public IReadOnlyList<Sentence> Sentences => _sentences;

    /// <summary>The place in the page of one of the incident's lines.</summary>
    public static string AnchorOf(Story story, int line) => string.Create(CultureInfo.InvariantCulture,
        $"{story.Anchor}-l{line + 1}");

    /// <summary>Adds a sentence that rests on parameters of the incident's lines; <c>words</c> is a line's
    /// text, <c>sum</c> the severity's in it.</summary>
    /// <param name="text">The sentence; nothing is added for an empty one.</param>
    /// <param name="facts">The parameters.</param>
    public void Say(string text, params string[] facts)
    {
        if (text.Length > 0)
        {
            _sentences.Add(new Sentence(text, RestsOf(facts)));
        }
    }

    /// <summary>Adds a sentence that rests on a rule's words.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="sid">The rule's number.</param>
    public void SayByRule(string text, long sid)
    {
        string number = sid.ToString(CultureInfo.InvariantCulture);
        _sentences.Add(new Sentence(text, [new Rest("r-" + number, "rule " + number, "the words of the rule"),
            .. RestsOf(["sid"])]));
    }

    /// <summary>Adds a sentence that rests on another incident.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="other">The incident.</param>
    /// <param name="facts">Parameters of this incident's lines.</param>
    public void SayByStory(string text, Story other, params string[] facts)
    {
        _sentences.Add(new Sentence(text, [new Rest(other.Anchor, other.Name, "that incident"), .. RestsOf(facts)]));
    }

    private List<Rest> RestsOf(string[] facts)
    {
        var rests = new List<Rest>();
        foreach (IGrouping<int, string> line in facts.Select(f => (Fact: f, Line: _story.LineOf(f)))
            .Where(f => f.Line >= 0).GroupBy(f => f.Line, f => f.Fact).OrderBy(g => g.Key))
        {
            string number = (line.Key + 1).ToString(CultureInfo.InvariantCulture);
            rests.Add(new Rest(AnchorOf(_story, line.Key), number, string.Join(", ", line)));
        }

        if (facts.Contains("first") && rests.Count == 0)
        {
            rests.Add(new Rest(AnchorOf(_story, 0), "1", "the first line"));
        }

        if (facts.Contains("frames of the capture") && _story.Evidence is not null)
        {
            rests.Add(new Rest(_story.Anchor + "-frames", "frames", "the frames of the capture"));
        }

        return rests;
    }
}
