using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.CodeAnalysis;

namespace Appliance.DeviceBuild.Tests;

/// <summary>The sources of a project's folder, as the device's compiler takes them.</summary>
internal static class DeviceSources
{
    /// <summary>Their paths, without what builds have left there.</summary>
    /// <param name="folder">By its path in the repository.</param>
    public static string[] Of(string folder)
    {
        string root = Repository.PathOf(folder);
        return [.. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Where(path => !IsBuilt(root, path))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>One, parsed.</summary>
    public static SyntaxTree Parse(string path) => ReferenceAssemblies.Parse(File.ReadAllText(path), path);

    private static bool IsBuilt(string root, string path) =>
        Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
