using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace Appliance.Surface.Tests;

/// <summary>Compiles a few lines of C# against .NET, as the firmware's projects are.</summary>
internal static class SnippetCompiler
{
    private static readonly List<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
        .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))
        .ToList();

    /// <summary>Compiles, optimized, with nullable annotations and unsafe code allowed.</summary>
    /// <param name="source">C#, of the newest version.</param>
    /// <exception cref="InvalidOperationException">It does not compile; the message has the compiler's.</exception>
    public static ModuleDefinition Compile(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Snippet", [tree], References, options);
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
        {
            IEnumerable<Diagnostic> errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"{source}{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
        }

        stream.Position = 0;
        return ModuleDefinition.ReadModule(stream);
    }
}
