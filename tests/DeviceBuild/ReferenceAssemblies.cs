using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Appliance.DeviceBuild.Tests;

/// <summary>
/// nanoFramework's other libraries, as far as the device projects use them: assemblies of the folder <c>References</c>, each
/// compiled against the real CoreLibrary, without code. They can't be restored from where these builds take their packages.
/// </summary>
internal static class ReferenceAssemblies
{
    // The others derive from its types.
    private const string First = "System.IO.Streams";

    private static readonly Lazy<Dictionary<string, byte[]>> All = new(CompileAll);

    /// <summary>The names of those that have members.</summary>
    public static IEnumerable<string> Names => All.Value.Keys;

    /// <summary>An assembly's octets; one without members where no project uses any of it.</summary>
    /// <param name="name">The assembly's name.</param>
    public static byte[] Of(string name) =>
        All.Value.TryGetValue(name, out byte[]? octets) ? octets : Compile(name, "", []);

    /// <summary>A library from sources.</summary>
    /// <exception cref="InvalidOperationException">They do not compile; the message says where and why.</exception>
    public static byte[] Compile(
        string name, IEnumerable<SyntaxTree> sources, IEnumerable<byte[]> references, NullableContextOptions nullable)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources,
            references.Select(octets => MetadataReference.CreateFromImage(octets)).Prepend(CoreLibrary.Reference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: nullable));
        using var stream = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(stream);
        return result.Success
            ? stream.ToArray()
            : throw new InvalidOperationException(
                $"{name} does not compile against nanoFramework's CoreLibrary:{Environment.NewLine}"
                + string.Join(Environment.NewLine, result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>A source in the device's language.</summary>
    public static SyntaxTree Parse(string text, string path = "") =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp10), path);

    private static Dictionary<string, byte[]> CompileAll()
    {
        var compiled = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(Repository.PathOf("tests", "DeviceBuild", "References"), "*.cs")
            .OrderBy(path => Path.GetFileNameWithoutExtension(path) != First).ThenBy(path => path, StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            compiled[name] = Compile(name, File.ReadAllText(path), compiled.Values);
        }

        return compiled;
    }

    private static byte[] Compile(string name, string text, IEnumerable<byte[]> references) =>
        Compile(name, [Parse(text, name)], references, NullableContextOptions.Disable);
}
