using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(NeedsToolAttribute.Find(program) ?? program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string Build(string sanitizer)
    {
        string source = Repository.PathOf("tests", "mirror-port");
        string folder = Repository.PathOf("tests", "mirror-port", "obj", "native", sanitizer);
        Succeed("cmake", "-S", source, "-B", folder, $"-DSANITIZER={sanitizer}");
        Succeed("cmake", "--build", folder, "--parallel", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        return folder;
    }

    private static void Succeed(string program, params string[] arguments)
    {
        (int code, string output) = Run(program, arguments);
        Assert.AreEqual(0, code, $"{program} {string.Join(' ', arguments)}\n{output}");
    }
}
