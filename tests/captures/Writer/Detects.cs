using System;
using System.Globalization;
using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>The ten detects of the practical, each from the file of its number.</summary>
public static class Detects
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>Builds the frames of one detect.</summary>
    /// <param name="number">1 to 10.</param>
    /// <returns>The frames, in order of time; the same ones each time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no detect of this number.</exception>
    public static Capture Build(int number) => number switch
    {
        1 => Detect01.Build(),
        2 => Detect02.Build(),
        3 => Detect03.Build(),
        4 => Detect04.Build(),
        5 => Detect05.Build(),
        6 => Detect06.Build(),
        7 => Detect07.Build(),
        8 => Detect08.Build(),
        9 => Detect09.Build(),
        10 => Detect10.Build(),
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "the practical has detects 1 to 10"),
    };

    /// <summary>The name of a detect's capture.</summary>
    /// <param name="number">1 to 10.</param>
    /// <returns>A file name.</returns>
    public static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"detect{number:00}.pcap");
}
