using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The native hook built by CMakeLists.txt, once for each sanitizer.</summary>
internal static class NativeBuild
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Folders = new(StringComparer.Ordinal);

    /// <summary>The folder with the programs, built when it is asked for first.</summary>
    /// <param name="sanitizer">address, thread or none.</param>
    public static string Folder(string sanitizer) =>
        Folders.GetOrAdd(sanitizer, name => new Lazy<string>(() => Build(name))).Value;

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static (int Code, string Output) Run(string program, params string[] arguments) => RunWith(null, program, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">The file that it gets as standard input; null for none.</param>
    /// <param name="program">Its path or name.</param>
    /// <param name="arguments">What follows it.</param>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static (int Code, string Output) RunWith(string? input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(NeedsToolAttribute.Find(program) ?? program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input is not null,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task feeding = input is null ? Task.CompletedTask : FeedAsync(process, input);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        feeding.Wait();
        return (process.ExitCode, output + errors.Result);
    }

    private static async Task FeedAsync(Process process, string input)
    {
        FileStream file = File.OpenRead(input);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                await file.CopyToAsync(process.StandardInput.BaseStream).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it had read all: its exit code says so.
            }
        }
    }

    private static string Build(string sanitizer)
    {
        string source = Repository.PathOf("tests", "mirror-port");
        string folder = Repository.PathOf("tests", "mirror-port", "obj", "native", sanitizer);
        Succeed("cmake", "-S", source, "-B", folder, $"-DSANITIZER={sanitizer}");
        string[] build = ["--build", folder, "--parallel", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)];
        // Of threads only the hook's own tests know; the programs for the managed tests are run under the other sanitizer.
        Succeed("cmake", sanitizer == "thread" ? [.. build, "--target", "hook_tests"] : build);
        return folder;
    }

    private static void Succeed(string program, params string[] arguments)
    {
        (int code, string output) = Run(program, arguments);
        Assert.AreEqual(0, code, $"{program} {string.Join(' ', arguments)}\n{output}");
    }
}
