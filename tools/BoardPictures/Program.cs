using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Appliance.BoardPictures;

/// <summary>Writes README.md, SHEET.md, wiring.svg and MirrorBoard.h beside each board.toml.</summary>
public static class Program
{
    private const string Usage = """
        usage: BoardPictures [FOLDER]
        Reads FOLDER/*/board.toml (FOLDER: hardware/boards) and writes beside each README.md, SHEET.md, wiring.svg and MirrorBoard.h.
        """;

    /// <summary>What is made from a profile.</summary>
    /// <param name="profile">The board.</param>
    /// <returns>File names and texts.</returns>
    public static IReadOnlyDictionary<string, string> Files(BoardProfile profile) => new Dictionary<string, string>
    {
        ["README.md"] = BoardPage.Make(profile),
        ["SHEET.md"] = SheetPage.Make(profile),
        ["wiring.svg"] = WiringPicture.Make(profile),
        ["MirrorBoard.h"] = NativeHeader.Make(profile),
    };

    /// <summary>Runs.</summary>
    /// <param name="args">The folder.</param>
    /// <returns>0 done, 1 wrong usage, 2 a profile that can't be used.</returns>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string folder = args.Length == 1 ? args[0] : Path.Combine("hardware", "boards");
        if (args.Length > 1 || folder.StartsWith('-'))
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        try
        {
            string[] boards = [.. Directory.GetFiles(folder, "board.toml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            if (boards.Length == 0)
            {
                throw new ProfileException($"{folder}: no folder in it holds a board.toml");
            }

            foreach (string board in boards)
            {
                foreach ((string name, string text) in Files(ProfileReader.Read(board)))
                {
                    string path = Path.Combine(Path.GetDirectoryName(board)!, name);
                    File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                    Console.WriteLine(path);
                }
            }

            return 0;
        }
        catch (Exception exception) when (exception is ProfileException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }
}
