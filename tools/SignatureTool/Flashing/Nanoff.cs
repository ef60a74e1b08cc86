using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace Appliance.SignatureTool.Flashing;

/// <summary>
/// nanoff, the firmware flasher of .NET nanoFramework, as the way to a device's files: <c>nanoff --serialport PORT --filedeployment
/// FILE.json</c>, where the JSON names source and destination (github.com/nanoframework/nanoFirmwareFlasher, FileDeployment).
/// </summary>
internal static class Nanoff
{
    private const string Program = "nanoff";

    /// <summary>Puts a table into the inbox of the device at a serial port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="table">The table's file.</param>
    /// <returns>What went wrong; null when nanoff says that it is there.</returns>
    public static string? Put(string port, string table)
    {
        string[] there = [.. Find()];
        if (there.FirstOrDefault(IsExecutable) is not { } program)
        {
            return there.Length > 0 ? $"{there[0]} must not be run; allow it with: chmod +x {there[0]}"
                : "nanoff, which writes files to a device, is not installed; install it with: dotnet tool install -g nanoff";
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("sigtab-");

        // An interrupt ends nanoff, which is in the same group of processes; the description must go nevertheless.
        ConsoleCancelEventHandler stay = (_, e) => e.Cancel = true;
        Console.CancelKeyPress += stay;
        try
        {
            string description = Path.Combine(folder.FullName, "deploy.json");
            File.WriteAllText(description, DescriptionOf(port, Path.GetFullPath(table)));
            return Run(program, port, description);
        }
        catch (Win32Exception e)
        {
            return $"{program} can't be run ({Reason(e)}); install nanoff anew with: dotnet tool update -g nanoff";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{program}: {e.Message}";
        }
        finally
        {
            Console.CancelKeyPress -= stay;
            folder.Delete(true);
        }
    }

    /// <summary>The description that nanoff wants.</summary>
    /// <param name="port">The serial port.</param>
    /// <param name="table">The table's full path.</param>
    public static string DescriptionOf(string port, string table)
    {
        return JsonSerializer.Serialize(new Description(port, [new Deployed(Inbox.DevicePath, table)]));
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

    private static string? Run(string program, string port, string description)
    {
        var start = new ProcessStartInfo(program, ["--serialport", port, "--filedeployment", description])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<List<string>> errors = Pass(process.StandardError);
        List<string> output = Pass(process.StandardOutput).Result;
        process.WaitForExit();

        // nanoff ends with 0 also where it could not write a file, and only says so.
        string? complaint = output.Concat(errors.Result).FirstOrDefault(
            l => l.Contains("Error deploying", StringComparison.Ordinal) || l.Contains("Exception deploying", StringComparison.Ordinal));
        return process.ExitCode != 0 ? $"nanoff could not reach the device at {port} (its exit code is {process.ExitCode})"
            : complaint is not null ? $"nanoff reached the device at {port} but could not write {Inbox.DevicePath}; does the device run the tap's firmware?"
            : null;
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

    private sealed record Description(string SerialPort, IReadOnlyList<Deployed> Files);

    private sealed record Deployed(string DestinationFilePath, string SourceFilePath);
}
