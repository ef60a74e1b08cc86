using System.Globalization;

namespace Appliance.Simulator.Faults;

/// <summary>A time of a fault, in microseconds since the first frame.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
internal readonly record struct Moment(long From, long To)
{
    /// <summary>It is then.</summary>
    public bool Holds(long stamp) => stamp >= From && stamp < To;

    /// <summary>Reads <c>FROM</c> or <c>FROM-TO</c>, in seconds; without an end it lasts for ever.</summary>
    public static bool TryParse(string text, out Moment moment)
    {
        moment = default;
        int dash = text.IndexOf('-');
        double to = double.MaxValue;
        if (!TrySeconds(dash < 0 ? text : text[..dash], out double from) || (dash >= 0 && !TrySeconds(text[(dash + 1)..],
            out to)) || to <= from)
        {
            return false;
        }

        moment = new Moment((long)(from * 1e6), to > 1e12 ? long.MaxValue : (long)(to * 1e6));
        return true;
    }

    private static bool TrySeconds(string text, out double seconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds <= 1e12;
}
