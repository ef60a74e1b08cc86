using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The tools as a stranger gets them: packed, installed from a folder, run away from the repository.</summary>
[TestClass]
public sealed class ToolPackageTests
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\')).Parent!.Name;

    [TestMethod]
    [DataRow("Simulator", "tapsim")]
    [DataRow("SignatureTool", "sigtab")]
    public void AToolIsInstalledFromAFolderAndSaysItsVersionWithTheCommit(string project, string name)
    {
        using var folder = new TemporaryFolder();
        string feed = Directory.CreateDirectory(folder.File("feed")).FullName;
        string built = Repository.PathOf("tools", project, "bin", Configuration, "net10.0", $"{name}.dll");
        Run(["pack", Repository.PathOf("tools", project), "-c", Configuration, "-o", feed, "-nodeReuse:false",
            .. File.Exists(built) ? ["--no-build"] : Array.Empty<string>()]);
        string version = XDocument.Load(Repository.PathOf(".build", "Version.props")).Descendants("Version").Single().Value;
        Assert.IsTrue(File.Exists(Path.Combine(feed, $"{name}.{version}.nupkg")), string.Join(' ', Directory.GetFiles(feed)));

        // No other source: what a package lacks is not made up from elsewhere.
        folder.Write("nuget.config", System.Text.Encoding.UTF8.GetBytes(
            $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{feed}\" /></packageSources></configuration>"));
        Run(["tool", "install", name, "--version", version, "--tool-path", folder.File("tools"), "--configfile", folder.File("nuget.config")]);
        string program = Path.Combine(folder.File("tools"), name);
        StringAssert.Matches(ToolRun.Output(program, "--version").Trim(), new Regex($"^{Regex.Escape(version)}\\+[0-9a-f]{{40}}$"));
        string said = name == "tapsim"
            ? ToolRun.Output(program, "replay", Repository.PathOf("tests", "captures", "detect09.pcap"))
            : ToolRun.Output(program, "check", Repository.PathOf("firmware", "tables", "imaging.rules"), "--site",
                Repository.PathOf("firmware", "tables", "example-site.toml"));
        StringAssert.Contains(said, name == "tapsim" ? "BackOrifice 5556 sweep of 128.231.212.0/23 by 209.235.11.254: 40 hosts" : "signatures");
    }

    private static void Run(string[] arguments)
    {
        (int code, string output, string errors) = ToolRun.Ended("dotnet", arguments);
        Assert.AreEqual(0, code, $"dotnet {string.Join(' ', arguments)}\n{output}{errors}");
    }
}
