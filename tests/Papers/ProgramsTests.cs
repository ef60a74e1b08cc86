using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The tools as single files that need no .NET: .build/Programs.proj makes them, and this machine's own are
/// run.</summary>
[TestClass]
public sealed class ProgramsTests
{
    [TestMethod]
    [NeedsSystems]
    public void EachSystemGetsTwoFilesAndThoseOfThisOneRunWithoutDotNet()
    {
        using var folder = new TemporaryFolder();
        string[] systems = NeedsSystemsAttribute.Systems;
        (int code, string output, string errors) = ToolRun.Ended("dotnet", "msbuild", Repository.PathOf(".build", "Programs.proj"),
            "-p:Systems=" + string.Join("%3B", systems), "-p:Folder=" + folder.Path, "-v:quiet", "-nodeReuse:false");
        Assert.AreEqual(0, code, output + errors);
        foreach (string system in systems)
        {
            string[] files = [.. Directory.GetFiles(folder.File(system)).Order(StringComparer.Ordinal)];
            string ending = system.StartsWith("win", StringComparison.Ordinal) ? ".exe" : "";
            CollectionAssert.AreEqual(new[] { "sigtab" + ending, "tapsim" + ending }, files.Select(Path.GetFileName).ToArray(), system);
            foreach (string file in files)
            {
                Assert.AreEqual(system, SystemOf(File.ReadAllBytes(file)), file);
            }
        }

        if (systems.Contains("linux-x64") && OperatingSystem.IsLinux() && Environment.Is64BitOperatingSystem)
        {
            string version = XDocument.Load(Repository.PathOf(".build", "Version.props")).Descendants("Version").Single().Value;
            StringAssert.Matches(Alone(folder, "sigtab", "--version"), new Regex($"^{Regex.Escape(version)}\\+[0-9a-f]{{40}}$"));
            // The demo needs the rules, the profile and the captures that are in the file.
            StringAssert.StartsWith(Alone(folder, "tapsim").Split('\n')[^1], "10 incidents from 303 frames");
        }
    }

    private static string Alone(TemporaryFolder folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder.File("linux-x64"), program), arguments) { RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment["HOME"] = folder.Path;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, program);
        return output.Trim();
    }

    /// <summary>The system of a program by its header: ELF's e_machine, PE's Machine, Mach-O's cputype.</summary>
    private static string SystemOf(byte[] file)
    {
        if (file.AsSpan().StartsWith("\u007fELF"u8))
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(18)) switch { 62 => "linux-x64", 183 => "linux-arm64", _ => "another" };
        }

        if (file.AsSpan().StartsWith("MZ"u8))
        {
            int header = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(0x3c));
            return BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(header + 4)) == 0x8664 ? "win-x64" : "another";
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(file) == 0xfeedfacf
            ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) switch { 0x01000007 => "osx-x64", 0x0100000c => "osx-arm64", _ => "another" }
            : "no program";
    }
}

/// <summary>A test that downloads .NET for each system and takes half a minute for one: only where <c>TAP_PROGRAMS</c> names
/// systems.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsSystemsAttribute : ConditionBaseAttribute
{
    public NeedsSystemsAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "downloads .NET and takes half a minute a system: TAP_PROGRAMS=linux-x64 (or more, with ; between) runs it, as .ci/run does";
    }

    public static string[] Systems => (Environment.GetEnvironmentVariable("TAP_PROGRAMS") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    public override string GroupName => "NeedsSystems";

    public override bool IsConditionMet => Systems.Length > 0;
}
