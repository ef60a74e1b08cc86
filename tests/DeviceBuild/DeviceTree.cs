using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Appliance.Traffic;

namespace Appliance.DeviceBuild.Tests;

/// <summary>
/// A copy of the repository's device side with its packages beside it, as Visual Studio restores them, in which the device
/// projects are built by a stand-in of nanoFramework's project system.
/// </summary>
internal sealed class DeviceTree : IDisposable
{
    private static readonly string[] Copied = [".build", "firmware", "hardware", "tests/NFUnitTest"];
    private static readonly string[] Left = ["bin", "obj"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Copies, and lays the packages out where each project's <c>packages.config</c> and hints have them.</summary>
    public DeviceTree()
    {
        foreach (string folder in Copied)
        {
            Copy(Repository.PathOf(folder), PathOf(folder));
        }

        foreach (string file in new[] { "Appliance.sln", "tests/Directory.Build.props" })
        {
            File.Copy(Repository.PathOf(file), PathOf(file));
        }

        foreach (string project in Projects())
        {
            RestorePackages(PathOf(project));
        }
    }

    /// <summary>The device projects, by their paths in the repository.</summary>
    public static string[] Projects() =>
        [.. Copied.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.nfproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>A path in the copy.</summary>
    public string PathOf(string inRepository) => _folder.File(inRepository);

    /// <summary>The assembly that a project shall make.</summary>
    public string AssemblyOf(string project, string configuration)
    {
        XElement xml = XElement.Load(PathOf(project));
        string kind = Property(xml, "OutputType") == "Exe" ? ".exe" : ".dll";
        string folder = Path.GetDirectoryName(PathOf(project))!;
        return Path.Combine(folder, "bin", "device", configuration, Property(xml, "AssemblyName") + kind);
    }

    /// <summary>Builds.</summary>
    /// <param name="what">A project or the solution.</param>
    /// <param name="target">What to do with it.</param>
    /// <param name="configuration">Of the project or the solution.</param>
    /// <param name="hasProjectSystem">Whether nanoFramework's project system is there.</param>
    /// <returns>MSBuild's exit code, and all it said.</returns>
    public (int Code, string Output) Build(string what, string target, string configuration, bool hasProjectSystem = true)
    {
        string system = hasProjectSystem ? Repository.PathOf("tests", "DeviceBuild", "ProjectSystem") : PathOf("nowhere");
        (int code, string output, string errors) = ToolRun.Ended(
            "dotnet", "msbuild", PathOf(what), "-nologo", "-nodeReuse:false", "-warnAsError", $"-t:{target}",
            $"-p:Configuration={configuration}",
            $"-p:NanoFrameworkProjectSystemPath={system}{Path.DirectorySeparatorChar}");
        return (code, output + errors);
    }

    /// <summary>Builds each device project as if it were asked for alone, in one process: to start MSBuild takes longer than to
    /// build one.</summary>
    /// <param name="target">What to do with each.</param>
    /// <param name="configuration">Of the projects.</param>
    /// <param name="hasProjectSystem">Whether nanoFramework's project system is there.</param>
    /// <returns>MSBuild's exit code, and all it said.</returns>
    public (int Code, string Output) BuildEach(string target, string configuration, bool hasProjectSystem = true)
    {
        const string Each = "each.proj";
        File.WriteAllText(PathOf(Each), $"""
            <Project>
              <Target Name="{target}">
                <MSBuild Projects="{string.Join(';', Projects())}" Targets="{target}" />
              </Target>
            </Project>
            """);
        return Build(Each, target, configuration, hasProjectSystem);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static void RestorePackages(string project)
    {
        foreach (XElement hint in XElement.Load(project).Descendants().Where(element => element.Name.LocalName == "HintPath"))
        {
            string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, hint.Value.Replace('\\', '/')));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            string name = Path.GetFileNameWithoutExtension(file);
            if (name == "mscorlib")
            {
                File.Copy(CoreLibrary.Path, file, overwrite: true);
            }
            else
            {
                File.WriteAllBytes(file, ReferenceAssemblies.Of(name));
            }
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from).Where(folder => !Left.Contains(Path.GetFileName(folder))))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static string Property(XElement project, string name) =>
        project.Descendants().Single(element => element.Name.LocalName == name).Value;
}
