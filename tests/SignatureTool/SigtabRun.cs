using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace Appliance.SignatureTool.Tests;

/// <summary>What a run of the program came to.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record SigtabRun(int Code, string Output, string Errors)
{
    private static readonly object Turn = new();

    /// <summary>
    /// Runs the program's command line within this process: a process of its own compiles itself anew, most of a second of work
    /// for each of some hundred runs.
    /// </summary>
    public static SigtabRun Of(params string[] arguments)
    {
        lock (Turn)
        {
            TextWriter output = Console.Out;
            TextWriter errors = Console.Error;
            using var said = new StringWriter();
            using var complained = new StringWriter();
            try
            {
                Console.SetOut(said);
                Console.SetError(complained);
                int code = CommandLine.Run(arguments);
                return new SigtabRun(code, said.ToString(), complained.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(errors);
            }
        }
    }

    /// <summary>Runs the real program in a process of its own.</summary>
    public static SigtabRun OfProcess(params string[] arguments) => With(new Dictionary<string, string>(), arguments);

    /// <summary>The real program in a process with changed environment variables.</summary>
    public static SigtabRun With(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string program = Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "sigtab.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new SigtabRun(process.ExitCode, output, errors.Result);
    }
}
