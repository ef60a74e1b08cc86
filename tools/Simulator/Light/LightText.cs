using System;
using System.Globalization;
using System.Linq;
using Appliance.Firmware.Light;

namespace Appliance.Simulator.Light;

/// <summary>The light in letters: a line for each change.</summary>
internal static class LightText
{
    /// <summary>As wide as the longest look and its picture, so that the words stand below each other.</summary>
    private const int LookWidth = 28;
    private const int PictureWidth = 15;

    /// <summary>Such as <c>light 0:05:01 ▬▬ ▬▬ ▪ white, two long and 1 short No frames between hosts. Set up its
    /// mirror.</c></summary>
    /// <param name="change">The change.</param>
    /// <param name="isColoured">The reader is a terminal: the picture has the light's colour. It never blinks there.</param>
    public static string Line(LightChange change, bool isColoured)
    {
        LightMeaning meaning = LightPage.Of(change.Code);
        string picture = Picture(change.Rhythm).PadRight(PictureWidth);
        string shown = isColoured ? $"\u001b[{Terminal(change.Colour)}m{picture}\u001b[0m" : picture;
        string action = meaning.Action == "Nothing." ? "" : " " + meaning.Action;
        return $"light {Clock(change.At),9}  {shown}  {meaning.Look.PadRight(LookWidth)}  {meaning.Says}{action}";
    }

    /// <summary>A rhythm as marks: long and short blinks, a wave for a slow pulse, a bar for steady light.</summary>
    /// <param name="rhythm">As <c>StatusLight.RhythmOf</c> gives it.</param>
    public static string Picture(int rhythm)
    {
        const int Pulsing = 1;
        return rhythm switch
        {
            0 => "▬▬▬▬▬▬▬▬",
            Pulsing => "∿∿∿",
            _ => string.Join(' ', Enumerable.Repeat("▬▬", rhythm / StatusLight.Long)
                .Concat(Enumerable.Repeat("▪", rhythm % StatusLight.Long))),
        };
    }

    /// <summary>Hours, minutes and seconds since the first frame, such as <c>26:05:01</c>.</summary>
    public static string Clock(TimeSpan at) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)at.TotalHours}:{at.Minutes:00}:{at.Seconds:00}");

    private static int Terminal(int colour) => colour switch
    {
        Colour.Red => 31,
        Colour.Green => 32,
        Colour.Yellow => 33,
        Colour.Blue => 34,
        _ => 37,
    };
}
