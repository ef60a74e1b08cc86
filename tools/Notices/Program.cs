using System;
using System.IO;

namespace Appliance.Notices;

/// <summary>Writes <c>.github/NOTICES.md</c>; its one argument is the repository's root.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1 || !File.Exists(Path.Combine(arguments[0], "Appliance.sln")))
        {
            Console.Error.WriteLine("notices: usage: notices ROOT, the folder that holds Appliance.sln");
            return 1;
        }

        try
        {
            File.WriteAllText(NoticePage.PathIn(arguments[0]), NoticePage.Write(arguments[0]));
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"notices: {e.Message}");
            return 2;
        }
    }
}
