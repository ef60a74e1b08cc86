using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Appliance.SignatureTool.Flashing;

/// <summary>
/// nanoff, the firmware flasher of .NET nanoFramework (github.com/nanoframework/nanoFirmwareFlasher).
/// </summary>
internal static class Nanoff
{
    private const string Program = "nanoff";

    /// <summary>Runs nanoff, and passes on what it says.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="descriptions">Files that it needs, by the argument that their names stand behind.</param>
    /// <returns>What came of it.</returns>
    public static NanoffRun Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> descriptions)
    {
        string[] there = [.. Find()];
        if (there.FirstOrDefault(IsExecutable) is not { } program)
        {
            return NanoffRun.Not(there.Length > 0 ? $"{there[0]} must not be run; allow it with: chmod +x {there[0]}"
                : "nanoff, which writes files to a device, is not installed; install it with: dotnet tool install -g nanoff");
        }

        // Only its owner can look into it: there may be a password in a description.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sigtab-");

        // An interrupt ends nanoff, which is in the same group of processes; the descriptions must go nevertheless.
        ConsoleCancelEventHandler stay = (_, e) => e.Cancel = true;
        Console.CancelKeyPress += stay;
        try
        {
            var all = new List<string>(arguments);
            foreach ((string option, string text) in descriptions)
            {
                string file = Path.Combine(folder.FullName, option.TrimStart('-') + ".json");
                File.WriteAllText(file, text);
                all.AddRange([option, file]);
            }

            return Run(program, all);
        }
        catch (Win32Exception e)
        {
            return NanoffRun.Not($"{program} can't be run ({Reason(e)}); install nanoff anew with: dotnet tool update -g nanoff");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NanoffRun.Not($"{program}: {e.Message}");
        }
        finally
        {
            Console.CancelKeyPress -= stay;
            folder.Delete(true);
        }
    }

    // A tool that was just installed is not on the PATH of shells that were open before.
    private static IEnumerable<string> Find()
    {
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        string[] names = OperatingSystem.IsWindows() ? [Program + ".exe", Program + ".cmd"] : [Program];
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        IEnumerable<string> folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(tools);
        return folders.SelectMany(f => names.Select(n => Path.Combine(f, n))).Where(File.Exists);
    }

    private static bool IsExecutable(string file)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0;
    }

    // Without the sentence about starting processes that the runtime puts before the system's own.
    private static string Reason(Win32Exception e)
    {
        return new Win32Exception(e.NativeErrorCode).Message;
    }

    private static NanoffRun Run(string program, List<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<List<string>> errors = Pass(process.StandardError);
        List<string> output = Pass(process.StandardOutput).Result;
        process.WaitForExit();
        return new NanoffRun(process.ExitCode, [.. output, .. errors.Result], null);
    }

    // What nanoff says is passed on as it comes.
    private static async Task<List<string>> Pass(StreamReader from)
    {
        var lines = new List<string>();
        while (await from.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lines.Add(line);
            await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        return lines;
    }
}

/// <summary>What came of running nanoff.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it said.</param>
/// <param name="Problem">Why it could not be run; null when it ran.</param>
internal sealed record NanoffRun(int ExitCode, IReadOnlyList<string> Lines, string? Problem)
{
    /// <summary>It could not be run.</summary>
    public static NanoffRun Not(string problem) => new(-1, [], problem);

    /// <summary>It said something.</summary>
    public bool Says(string words) => Lines.Any(l => l.Contains(words, StringComparison.Ordinal));
}
