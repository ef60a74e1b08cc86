using System.IO;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The tools whose packages are read are restored: with the solution they are, when these tests are built alone they may
/// not be.</summary>
[TestClass]
public static class RestoredTools
{
    /// <summary>Restores what is not.</summary>
    [AssemblyInitialize]
    public static void Restore(TestContext _)
    {
        foreach (string project in new[] { "SignatureTool", "Simulator" })
        {
            if (!File.Exists(Repository.PathOf("tools", project, "obj", "project.assets.json")))
            {
                ToolRun.Output("dotnet", "restore", Repository.PathOf("tools", project, $"{project}.csproj"), "--locked-mode");
            }
        }
    }
}
