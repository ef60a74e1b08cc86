using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

// A third of these tests' time is spent waiting: for a link, a patience, a collector. Each has a folder, ports and interfaces of
// its own. Two at once: on two cores four took a third more of the processors' time for the same.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]

namespace Appliance.Simulator.Tests;

/// <summary>The program, run to its end: within this process, or as its build left it in one of its own.</summary>
internal sealed record TapsimRun(int ExitCode, string Output, string Errors)
{
    /// <summary>No run of the tests' small captures may take longer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The program, of the configuration in which the tests were built.</summary>
    private static readonly string File = Repository.PathOf("tools", "Simulator", "bin",
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name, "net10.0", "tapsim.dll");

    /// <summary>What is said of the home network where one detect is replayed, and no profile given.</summary>
    public const string PracticalsHome =
        "tapsim: no --site: the home network is the shipped example's, 128.231.212.0/23 and 24.3.21.0/24, as the capture shows\n";

    /// <summary>And where several are.</summary>
    public const string PracticalsHomeOfSome =
        "tapsim: no --site: the home network is the shipped example's, 128.231.212.0/23 and 24.3.21.0/24, as a capture shows\n";

    /// <summary>Its standard output, line by line.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Runs it without standard input, within this process: one of its own compiles itself anew, most of a second of work for
    /// each of some hundred runs.
    /// </summary>
    public static TapsimRun Run(params string[] arguments)
    {
        // At a terminal it would speak to a person, here as there.
        if (!Console.IsOutputRedirected || !Console.IsErrorRedirected)
        {
            return OfProcess(arguments);
        }

        (int code, string output, string errors) = OwnConsole.Run(() => Program.Run(arguments), Limit);
        return new TapsimRun(code, output, errors);
    }

    /// <summary>Runs the real program in a process of its own.</summary>
    public static TapsimRun OfProcess(params string[] arguments) => RunWith([], arguments);

    /// <summary>Runs the real program with standard input.</summary>
    public static TapsimRun RunWith(byte[] input, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to read.
        }

        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"tapsim {string.Join(' ', arguments)}: did not end within {Limit}");
        }

        return new TapsimRun(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts it; all three standard streams are pipes.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments.Prepend(File))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    /// <summary>The path of a shipped capture of the practical.</summary>
    public static string Detect(int number) => Repository.PathOf("tests", "captures", $"detect{number:00}.pcap");

    /// <summary>Fails unless it ended with this code; the message has what it wrote.</summary>
    public TapsimRun Expect(int exitCode)
    {
        Assert.AreEqual(exitCode, ExitCode, $"standard error: {Errors}\nstandard output: {Output}");
        return this;
    }
}
