using System.Linq;

namespace Appliance.Detection.Tests;

/// <summary>Site profiles for replays.</summary>
internal static class Site
{
    /// <summary>The home of the ten detects: MY.NET and the cable host of detects 1 and 4.</summary>
    public const string PracticalHome = "128.231.212.0/23 24.3.21.199";

    /// <summary>A profile that names home alone.</summary>
    /// <param name="home">Ranges, blanks between them.</param>
    /// <param name="more">Further lines of TOML.</param>
    /// <returns>The profile's text.</returns>
    public static string Home(string home = PracticalHome, string more = "") =>
        $"""
        [site]
        name = "test"
        home = [{string.Join(", ", home.Split(' ').Select(range => '"' + range + '"'))}]
        {more}
        """;
}
