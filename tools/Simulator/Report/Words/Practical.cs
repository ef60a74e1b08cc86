using System.Collections.Generic;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>Writes of an incident what the practical's analyst wrote of his ten: six headings, in his order.</summary>
internal sealed class Practical
{
    private readonly Targeting _targeting;
    private readonly Intent _intent;
    private readonly Technique _technique;
    private readonly History _history;
    private readonly SeverityReason _severity;
    private readonly Recommendation _recommendation;

    /// <summary>Makes a writer.</summary>
    /// <param name="book">All that the lines tell.</param>
    /// <param name="sources">Words of the rules, and the site profile.</param>
    public Practical(StoryBook book, WordSources sources)
    {
        _targeting = new Targeting();
        _intent = new Intent(sources);
        _technique = new Technique(book, sources);
        _history = new History(book);
        _severity = new SeverityReason(sources);
        _recommendation = new Recommendation(sources);
    }

    /// <summary>The six passages of an incident.</summary>
    public IReadOnlyList<Passage> Of(Story story)
    {
        return [_targeting.Of(story), _intent.Of(story), _technique.Of(story), _history.Of(story), _severity.Of(story),
            _recommendation.Of(story)];
    }
}
