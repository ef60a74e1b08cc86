using System;
using System.IO;
using System.Text;

namespace Appliance.Simulator;

/// <summary>tapsim: the tap's firmware on a workstation.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return Run(arguments);
    }

    /// <summary>All but what is the process's own.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] arguments)
    {
        try
        {
            return CommandLine.Run(arguments);
        }
        catch (ReplayException e)
        {
            Console.Error.WriteLine($"tapsim: {e.Message}");
            return ExitCode.UnusableInput;
        }
        catch (IOException e)
        {
            // Standard output or error went away while something was being said.
            Console.Error.WriteLine($"tapsim: {e.Message}");
            return ExitCode.UnusableInput;
        }
    }
}
