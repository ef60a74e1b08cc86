using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Appliance.Traffic;

/// <summary>Runs a program of the machine to its end.</summary>
public static class ToolRun
{
    /// <summary>Runs it and gives its standard output.</summary>
    /// <param name="tool">File name, found as <see cref="NeedsToolAttribute"/> does.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It is not there, or ended with another code than 0.</exception>
    public static string Output(string tool, params string[] arguments)
    {
        (int code, string output, string errors) = Ended(tool, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"'{tool}' ended with {code}: {errors}");
    }

    /// <summary>Runs it, however it ends.</summary>
    /// <param name="tool">File name, found as <see cref="NeedsToolAttribute"/> does.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it wrote to standard output and to standard error.</returns>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static (int Code, string Output, string Errors) Ended(string tool, params string[] arguments)
    {
        string path = NeedsToolAttribute.Find(tool) ?? throw new InvalidOperationException($"'{tool}' is not on PATH");
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{path}' did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
