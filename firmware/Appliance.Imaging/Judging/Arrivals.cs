using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;

namespace Appliance.Imaging.Judging;

/// <summary>
/// Tells an address of the site that was never heard before, once: by what was learned in a week, or by the profile's list of
/// hosts at once.
/// </summary>
public sealed class Arrivals
{
    /// <summary>Hours of listening after which who was not heard is new: a week has one of each day.</summary>
    public const int LearningHours = 7 * 24;

    private readonly Inventory _inventory;
    private readonly Site _site;
    private readonly StoryTable _stories;
    private readonly StoryTeller _teller;
    private readonly Figures _figures;

    /// <summary>Who was heard before.</summary>
    public readonly KnownHosts Known = new KnownHosts();

    /// <summary>Hours of listening, over all restarts.</summary>
    public int Hours;

    /// <summary>Makes a judge of newcomers.</summary>
    /// <param name="inventory">Who lives there.</param>
    /// <param name="site">What the profile says.</param>
    /// <param name="stories">What is told.</param>
    /// <param name="teller">When.</param>
    /// <param name="figures">The day's counts.</param>
    public Arrivals(Inventory inventory, Site site, StoryTable stories, StoryTeller teller, Figures figures)
    {
        _inventory = inventory;
        _site = site;
        _stories = stories;
        _teller = teller;
        _figures = figures;
    }

    /// <summary>Whether newcomers are told.</summary>
    public bool IsTelling()
    {
        return Hours >= LearningHours || _site.Has(Site.Hosts);
    }

    /// <summary>Sees a host of the site.</summary>
    /// <param name="row">Its row in the inventory; -1 when it found none.</param>
    /// <param name="bytes">Where its frame is.</param>
    /// <param name="host">Whose it is.</param>
    public void See(int row, byte[] bytes, Conversation host)
    {
        if (row >= 0 && _inventory.Has(row, Inventory.IsKnown))
        {
            return;
        }

        _inventory.Mark(row, Inventory.IsKnown);
        int answer = Known.Hear(host.Source, Hours / 24);
        if (answer == KnownHosts.Known || !IsTelling() || (_site.Has(Site.Hosts) && !_site.LacksHost(host.Source)))
        {
            return;
        }

        if (answer == KnownHosts.NoRoom)
        {
            _figures.Untold++;
            return;
        }

        int story = _teller.Begin(Reason.NewHost, bytes, host, false);
        _stories.Touch(story, host, false);
        _stories.Cells[story + Fact.Frames] = 1;
        _teller.Tell(story, Reason.NewHost);
    }
}
