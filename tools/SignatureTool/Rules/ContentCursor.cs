using System.Collections.Generic;
using System.Linq;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// From where <c>distance</c> and <c>within</c> count: behind the content before, which has to have one place only; at the
/// payload's beginning for the first one. Then they say the same as <c>offset</c> and <c>depth</c>.
/// </summary>
/// <param name="at">That octet of the payload; null where it differs from frame to frame.</param>
internal sealed class ContentCursor(int? at)
{
    /// <summary>No place to count from.</summary>
    public static readonly ContentCursor None = new(null);

    /// <summary>Rules of this sensor have offset and depth alone.</summary>
    public static readonly ContentCursor Strict = new(null);

    private int _distance;

    /// <summary>The place behind the last of a rule's contents.</summary>
    /// <param name="conditions">What the rule asks so far.</param>
    public static ContentCursor Behind(IEnumerable<RuleCondition> conditions) => conditions.OfType<ContentCondition>()
        .LastOrDefault() switch
    {
        null => new ContentCursor(0),
        { Absent: false } last when last.Depth == last.Pattern.Count => new ContentCursor(last.Offset + last.Pattern.Count),
        _ => None,
    };

    /// <summary>Changes a content; null, with a message, where that is not possible.</summary>
    /// <param name="content">The content.</param>
    /// <param name="key">distance, within or startswith.</param>
    /// <param name="number">How far.</param>
    /// <param name="problem">Why it is not possible.</param>
    public ContentCondition? Change(ContentCondition content, string key, int number, out string problem)
    {
        problem = "";
        if (key == "startswith")
        {
            return content with { Offset = 0, Depth = content.Pattern.Count };
        }

        if (at is not { } place)
        {
            problem = $"{key} counts from where the content before is found: that one needs a fixed place here (a depth of its own length)";
            return null;
        }

        _distance = key == "distance" ? number : _distance;
        if (place + _distance < 0)
        {
            problem = $"a {key} of {number} lies before the payload";
            return null;
        }

        return content with { Offset = place + _distance, Depth = key == "within" ? number : content.Depth };
    }
}
