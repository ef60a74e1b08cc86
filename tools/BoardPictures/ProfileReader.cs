using System;
using System.IO;
using System.Text.Json;
using Tomlyn;

namespace Appliance.BoardPictures;

/// <summary>Reads board.toml.</summary>
public static class ProfileReader
{
    private static readonly TomlSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Reads a profile and checks it against the chip.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ProfileException">It can't be read, is no TOML, or asks of a pin what it can't do: every complaint, a
    /// line each.</exception>
    public static BoardProfile Read(string path)
    {
        BoardProfile profile;
        try
        {
            profile = TomlSerializer.Deserialize<BoardProfile>(File.ReadAllText(path), Options)
                ?? throw new ProfileException($"{path}: is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TomlException)
        {
            throw new ProfileException($"{path}: {exception.Message}", exception);
        }

        string[] complaints = [.. PinCheck.Complaints(profile)];
        return complaints.Length == 0
            ? profile
            : throw new ProfileException($"{path}: {string.Join(Environment.NewLine + path + ": ", complaints)}");
    }
}
