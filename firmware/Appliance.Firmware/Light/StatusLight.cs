namespace Appliance.Firmware.Light;

/// <summary>
/// Shows what is true: one code at a time, a colour and a number of blinks. Red and yellow, the alarms of a clinical room, never
/// flash; nothing blinks faster than 1.7 times a second, which is below what can provoke a seizure.
/// </summary>
public sealed class StatusLight
{
    /// <summary>Microseconds that a blink is on, and off before the next one.</summary>
    private const long Beat = 300000;

    /// <summary>Beats of darkness behind the last blink and its own dark beat, so that blinks can be counted.</summary>
    private const int Pause = 5;

    /// <summary>Microseconds that a slow pulse is on, and off.</summary>
    private const long Slow = 1000000;

    /// <summary>Added to a number of blinks, once or twice: a long one comes before them each time.</summary>
    public const int Long = 16;

    /// <summary>Beats that a long blink is on.</summary>
    private const int LongBeats = 4;

    /// <summary>Codes that are true for a while only, whatever they are: a table's two, the supply's and an incident's.</summary>
    private const int Timed = 4;

    /// <summary>Bits of what is said of the mirror's frames and of a link that comes and goes: the codes before the
    /// uplink's.</summary>
    private const int OfMirror = (1 << LightCode.NoUplink) - (1 << LightCode.Flapping);

    private const int Steady = 0;
    private const int Pulsing = 1;

    /// <summary>The code that is shown: a constant of <see cref="LightCode"/>.</summary>
    public int Shown = LightCode.Working;

    /// <summary>There is a light.</summary>
    public bool IsThere;

    private readonly ILight _light;
    private readonly long[] _until = new long[Timed];

    // A bit a code.
    private int _true;

    // Of each code its colour, and how: steady, pulsing slowly, or so many blinks.
    private readonly byte[] _colours =
    {
        Colour.Red, Colour.White, Colour.White, Colour.Blue, Colour.Blue, Colour.Blue, Colour.White, Colour.White, Colour.White,
        Colour.White, Colour.White, Colour.White, Colour.White, Colour.White, Colour.White, Colour.White, Colour.White, Colour.White,
        Colour.White, Colour.White, Colour.White, Colour.White, Colour.Yellow, Colour.Blue, Colour.Blue,
        Colour.Green,
    };

    private readonly byte[] _rhythms =
    {
        Steady, Long + 1, Pulsing, 2, 3, 5, Long + 5, 3, Long + Long + 1, Long + Long + 2, Long + Long + 3,
        Long + 3, Long + Long + 5, Long + Long + 4, Long + Long + 6, 4, 5, 2, Long + 4, Long + 6, Long + 2, 6, Steady, Steady, 4, Steady,
    };

    private int _colour = -1;
    private long _begunAt;

    /// <summary>Makes a light that shows nothing yet.</summary>
    /// <param name="light">The light.</param>
    public StatusLight(ILight light)
    {
        _light = light;
        for (int i = 0; i < Timed; i++)
        {
            _until[i] = long.MaxValue;
        }

        Set(LightCode.Well, true);
    }

    /// <summary>The colour of a code.</summary>
    /// <param name="code">A constant of <see cref="LightCode"/>.</param>
    public int ColourOf(int code)
    {
        return _colours[code];
    }

    /// <summary>How a code is shown: 0 steady, 1 pulsing slowly, else the number of blinks, with <see cref="Long"/> a long one
    /// before them, with twice that two.</summary>
    /// <param name="code">A constant of <see cref="LightCode"/>.</param>
    public int RhythmOf(int code)
    {
        return _rhythms[code];
    }

    /// <summary>Says whether something is true.</summary>
    /// <param name="code">A constant of <see cref="LightCode"/>.</param>
    /// <param name="isTrue">It is.</param>
    public void Set(int code, bool isTrue)
    {
        _true = isTrue ? _true | (1 << code) : _true & ~(1 << code);
    }

    /// <summary>Says that something is true for a while.</summary>
    /// <param name="code">One of the constants of <see cref="LightCode"/> that are shown for a time.</param>
    /// <param name="until">Until then, in microseconds of the clock.</param>
    public void SetUntil(int code, long until)
    {
        Set(code, true);
        _until[TimedAt(code)] = until;
    }

    /// <summary>Lets the light go on; called each turn.</summary>
    /// <param name="now">Microseconds of the clock.</param>
    public void Tick(long now)
    {
        // What was seen while there was a link is not said without one.
        int said = (_true >> LightCode.NoMirror & 1) == 0 ? _true : _true & ~OfMirror;
        int code = 0;
        while ((said >> code & 1) == 0 || IsOver(code, now))
        {
            // Past eight at once where none is true, as most are: each turn of the loop comes here.
            code += (said >> code & 255) == 0 ? 8 : 1;
        }

        if (code != Shown)
        {
            Shown = code;
            _begunAt = now;
        }

        int rhythm = _rhythms[code];
        int colour = _colours[code];
        if (rhythm == Pulsing)
        {
            colour = ((now - _begunAt) / Slow & 1) == 0 ? colour : Colour.Off;
        }
        else if (rhythm != Steady)
        {
            int lead = rhythm / Long * (LongBeats + 2);
            int blinks = (rhythm & (Long - 1)) << 1;
            int beat = (int)((now - _begunAt) / Beat % (lead + blinks + Pause));
            bool isOn = beat < lead ? beat % (LongBeats + 2) < LongBeats : beat - lead < blinks && ((beat - lead) & 1) == 0;
            colour = isOn ? colour : Colour.Off;
        }

        if (colour != _colour)
        {
            _colour = colour;
            IsThere = _light.Show(colour);
        }
    }

    private static int TimedAt(int code)
    {
        return code switch
        {
            LightCode.TableAccepted => 0,
            LightCode.TableRefused => 1,
            LightCode.WeakSupply => 2,
            LightCode.Incident => 3,
            _ => -1,
        };
    }

    private bool IsOver(int code, long now)
    {
        int at = TimedAt(code);
        return at >= 0 && now > _until[at];
    }
}
