using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>The way into a device's inbox: a simulated one, and a real one by way of a nanoff that only takes notes.</summary>
[TestClass]
public sealed class FlashTests
{
    private const string Rules = "alert tcp any any -> any 1 ( flags:S; sid:1; )";

    private TemporaryFolder _folder = null!;
    private string _key = "";
    private string _table = "";

    [TestInitialize]
    public void MakeATable()
    {
        _folder = new TemporaryFolder();
        _key = _folder.File("k");
        _table = _folder.File("ward.sigtab");
        string rules = _folder.Write("t.rules", System.Text.Encoding.UTF8.GetBytes(Rules));
        string site = _folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", _key).Code);
        Assert.AreEqual(0, SigtabRun.Of("compile", rules, "--site", site, "--key", _key + ".pem", "--sequence", "1", "--out", _table).Code);
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        _folder.Dispose();
    }

    [TestMethod]
    public void ASimulatedDevicesInbox()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        for (int times = 0; times < 2; times++)
        {
            SigtabRun flash = SigtabRun.Of("flash", "--simulator", box, _table, "--key", _key + ".pub.pem");
            Assert.AreEqual(0, flash.Code, flash.Errors);
            // So small a table takes nothing of what is free on a device, by which it sees that something came.
            CollectionAssert.AreEqual(new[] { "new.bell", "new.sigtab" },
                Directory.GetFiles(Path.Combine(box, "inbox")).Select(Path.GetFileName).Order().ToArray());
            CollectionAssert.AreEqual(File.ReadAllBytes(_table), File.ReadAllBytes(Path.Combine(box, "inbox", "new.sigtab")));
        }

        // A table that lies in that very folder stays.
        string inside = Path.Combine(box, "inbox", "new.sigtab.part");
        File.Copy(_table, inside);
        Assert.AreEqual(0, SigtabRun.Of("flash", "--simulator", box, inside).Code);
        CollectionAssert.AreEqual(File.ReadAllBytes(_table), File.ReadAllBytes(inside));

        StringAssert.Contains(SigtabRun.Of("flash", "--simulator", box, _table).Errors, "the signature was not checked",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatADeviceIsBoundToRefuseIsNotSent()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        byte[] table = File.ReadAllBytes(_table);
        string other = _folder.File("other");
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", other).Code);
        string unsigned = _folder.File("unsigned.sigtab");
        Assert.AreEqual(0, SigtabRun.Of("compile", _folder.File("t.rules"), "--site", _folder.File("site.toml"), "--out", unsigned).Code);
        string forged = _folder.Write("forged.sigtab", [.. table[..^1], (byte)(table[^1] ^ 1)]);
        foreach ((string[] arguments, string complaint) in new (string[], string)[]
        {
            ([_folder.Write("bad.sigtab", [.. table[..60], (byte)(table[60] ^ 1), .. table[61..]])], "refused: damaged"),
            ([_folder.Write("cut.sigtab", table[..^1])], "refused: truncated"),
            ([unsigned], "refused: not signed"),
            ([forged, "--key", _key + ".pub.pem"], "refused: bad signature"),
            ([_table, "--key", other + ".pub.pem"], "refused: unknown key"),
            ([_folder.Write("large.sigtab", new byte[30000])], "refused: too large"),
            ([_folder.File("not-there")], "can't be read: there is no such file"),
            ([_table, "--key", _key + ".pem"], "is a private key"),
        })
        {
            SigtabRun flash = SigtabRun.Of(["flash", "--simulator", box, .. arguments]);
            Assert.AreEqual(2, flash.Code, flash.Errors);
            StringAssert.Contains(flash.Errors, complaint, StringComparison.Ordinal);
            Assert.AreEqual(0, Directory.GetFileSystemEntries(box).Length);
        }

        SigtabRun missing = SigtabRun.Of("flash", "--simulator", _folder.File("nowhere"), _table);
        Assert.AreEqual(2, missing.Code);
        StringAssert.Contains(missing.Errors, "there is no such folder", StringComparison.Ordinal);
        Assert.AreEqual(1, SigtabRun.Of("flash", _table).Code);
        Assert.AreEqual(1, SigtabRun.Of("flash", "--simulator", box, "--port", "p", _table).Code);
    }

    [TestMethod]
    public void WithoutNanoffOneSentenceSaysHowToGetIt()
    {
        SigtabRun flash = SigtabRun.With(Environment(""), "flash", "--port", "/dev/ttyUSB0", _table, "--key", _key + ".pub.pem");
        Assert.AreEqual(2, flash.Code);
        Assert.AreEqual("error: nanoff, which writes files to a device, is not installed; install it with: dotnet tool install -g nanoff",
            flash.Errors.Trim());
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void NanoffGetsADescriptionOfWhereTheTableGoes()
    {
        SigtabRun flash = Flash("cp \"$4\" notes.json; echo \"$1 $2 $3\" > notes.txt; echo \"Deploying file...OK\"");
        Assert.AreEqual(0, flash.Code, flash.Errors);
        StringAssert.Contains(flash.Errors, "Deploying file...OK", StringComparison.Ordinal);
        Assert.AreEqual("--serialport /dev/ttyTEST --filedeployment\n", File.ReadAllText(_folder.File("notes.txt")));
        using var description = JsonDocument.Parse(File.ReadAllText(_folder.File("notes.json")));
        Assert.AreEqual("/dev/ttyTEST", description.RootElement.GetProperty("SerialPort").GetString());
        JsonElement file = description.RootElement.GetProperty("Files")[0];
        Assert.AreEqual(@"I:\inbox\new.sigtab", file.GetProperty("DestinationFilePath").GetString());
        Assert.AreEqual(_table, file.GetProperty("SourceFilePath").GetString());
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void ANanoffThatMustNotOrCannotRunIsToldWithWhatToDo()
    {
        string first = Path.Combine(Directory.CreateDirectory(_folder.File("first")).FullName, "nanoff");
        File.WriteAllText(first, "#!/bin/sh\n");
        Dictionary<string, string> environment = Environment(Path.GetDirectoryName(first)!);
        string[] arguments = ["flash", "--port", "/dev/ttyTEST", _table, "--key", _key + ".pub.pem"];
        SigtabRun kept = SigtabRun.With(environment, arguments);
        Assert.AreEqual(2, kept.Code);
        Assert.AreEqual($"error: {first} must not be run; allow it with: chmod +x {first}", kept.Errors.Trim());

        string second = Path.Combine(Directory.CreateDirectory(_folder.File("second")).FullName, "nanoff");
        File.WriteAllText(second, "#!/bin/sh\necho the second\n");
        Allow(second);
        environment["PATH"] = Path.GetDirectoryName(first) + ":" + Path.GetDirectoryName(second) + ":" + environment["PATH"];
        SigtabRun passed = SigtabRun.With(environment, arguments);
        Assert.AreEqual(0, passed.Code, passed.Errors);
        StringAssert.Contains(passed.Errors, "the second", StringComparison.Ordinal);

        File.WriteAllText(first, "\u007fELF no program");
        Allow(first);
        SigtabRun broken = SigtabRun.With(environment, arguments);
        Assert.AreEqual(2, broken.Code);
        Assert.AreEqual($"error: {first} can't be run (Exec format error); install nanoff anew with: dotnet tool update -g nanoff",
            broken.Errors.Trim());
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void ANanoffThatFailsOrOnlySaysSoIsBelieved()
    {
        SigtabRun failed = Flash("echo \"Error connecting\"; exit 7");
        Assert.AreEqual(2, failed.Code);
        StringAssert.Contains(failed.Errors, "error: nanoff could not reach the device at /dev/ttyTEST (its exit code is 7)",
            StringComparison.Ordinal);
        SigtabRun lied = Flash("echo \"Error deploying content file a to b\"");
        Assert.AreEqual(2, lied.Code);
        StringAssert.Contains(lied.Errors, @"could not write I:\inbox\new.sigtab", StringComparison.Ordinal);
    }

    // Runs with a nanoff of a few lines of shell, and checks that no temporary file is left.
    private SigtabRun Flash(string script)
    {
        string tools = Directory.CreateDirectory(_folder.File("tools")).FullName;
        string temporary = Directory.CreateDirectory(_folder.File("temporary")).FullName;
        string nanoff = Path.Combine(tools, "nanoff");
        File.WriteAllText(nanoff, $"#!/bin/sh\ncd '{_folder.Path}'\n{script}\n");
        Allow(nanoff);
        Dictionary<string, string> environment = Environment(tools);
        environment["TMPDIR"] = temporary;
        SigtabRun run = SigtabRun.With(environment, "flash", "--port", "/dev/ttyTEST", _table, "--key", _key + ".pub.pem");
        Assert.IsFalse(Directory.GetFileSystemEntries(temporary).Any(e =>
            Path.GetFileName(e).StartsWith("sigtab-", StringComparison.Ordinal)));
        return run;
    }

    private static void Allow(string program)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // A home without tools, and a PATH with dotnet and those given.
    private Dictionary<string, string> Environment(string tools)
    {
        string dotnet = Path.GetDirectoryName(System.Environment.ProcessPath)!;
        string path = string.Join(Path.PathSeparator,
            new[] { tools, dotnet, "/usr/bin", "/bin" }.Where(p => p.Length > 0
            && (p == tools || !File.Exists(Path.Combine(p, "nanoff")))));
        return new Dictionary<string, string> { ["HOME"] = _folder.Path, ["USERPROFILE"] = _folder.Path, ["PATH"] = path };
    }
}
