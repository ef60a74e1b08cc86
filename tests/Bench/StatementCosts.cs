using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Bench.Cost;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Appliance.Bench.Tests;

/// <summary>What statements cost in the model: each is compiled into a loop, instrumented and run, as it was on the
/// interpreter.</summary>
internal static class StatementCosts
{
    private const int Repeats = 10;
    private const int Turns = 20;

    private const string Head =
        """
        using System;
        public interface IThing { void V(); }
        public abstract class Base { public abstract void V(); }
        public sealed class Other : Base, IThing { public int Value; public override void V() { } }
        public sealed class Statements
        {
            private static readonly byte[] StaticTable = { 1, 2, 3, 4, 5, 6, 7, 8 };
            private static int Static;
            private int Field;
            private int Property { get { return Field; } }
            private static void Static0() { }
            private static void Static1(int a) { }
            private static void Static2(int a, int b) { }
            private static void Static4(int a, int b, int c, int d) { }
            private static int BigEndian(byte[] b, int i) { return (b[i] << 8) | b[i + 1]; }
            private void Instance0() { }
        """;

    private static readonly (string Name, string Declaration)[] Locals =
    [
        ("x", "int x = 0;"), ("y", "int y = 7;"), ("a", "int a = 10;"), ("b", "int b = 20;"), ("i", "int i = 2;"), ("one", "int one = 1;"),
        ("l", "long l = 3;"), ("m", "long m = 4;"), ("k", "long k = 5;"), ("t", "bool t = false;"), ("bytes", "byte[] bytes = new byte[64];"),
        ("more", "byte[] more = new byte[64];"), ("big", "byte[] big = new byte[2000];"), ("big2", "byte[] big2 = new byte[2000];"),
        ("ints", "int[] ints = new int[64];"), ("v", "Base v = new Other();"), ("thing", "IThing thing = new Other();"), ("o", "object o = 1;"),
    ];

    private const string Use =
        """
        return x + y + a + b + i + one + (int)(l + m + k) + (t ? 1 : 0) + bytes.Length + more.Length + big.Length + big2.Length
            + ints.Length + (v == null ? 1 : 0) + (thing == null ? 1 : 0) + (o == null ? 1 : 0);
        """;

    /// <summary>Measures statements.</summary>
    /// <param name="statements">C#, over the locals of this class.</param>
    /// <returns>Host instructions of each.</returns>
    public static IReadOnlyList<double> Measure(IReadOnlyList<string> statements)
    {
        var source = new StringBuilder(Head);
        AppendMethod(source, "Empty", "", 0);
        for (int s = 0; s < statements.Count; s++)
        {
            AppendMethod(source, "S" + s, statements[s], Repeats);
        }

        source.Append('}');
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".dll");
        try
        {
            Compile(source.ToString(), path);
            byte[] image = Instrumenter.Instrument([path], out MeterPlan plan).Values.Single();
            Meter.Use(plan);
            Type type = new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(image)).GetType("Statements", throwOnError: true)!;
            object target = Activator.CreateInstance(type)!;
            double loop = Turn(target, "Empty");
            return [.. Enumerable.Range(0, statements.Count).Select(s => (Turn(target, "S" + s) - loop) / Repeats)];
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The first four locals have the short instructions; a statement's own come first, as they would in a method that is just it.
    private static void AppendMethod(StringBuilder source, string name, string statement, int repeats)
    {
        IEnumerable<string> locals = Locals.OrderByDescending(l => Regex.IsMatch(statement, $@"\b{l.Name}\b")).Select(l => l.Declaration);
        string body = string.Concat(Enumerable.Repeat(statement, repeats));
        source.AppendLine(
            $"public int {name}(int turns) {{ {string.Concat(locals)} for (int turn = 0; turn < turns; turn++) {{ {body} }} {Use} }}");
    }

    private static double Turn(object target, string method) => (Cost(target, method, Turns) - Cost(target, method, 0)) / (double)Turns;

    private static long Cost(object target, string method, int turns)
    {
        MethodInfo info = target.GetType().GetMethod(method)!;
        Meter.Reset();
        Meter.Resume();
        info.Invoke(target, [turns]);
        Meter.Pause();
        return Meter.Total;
    }

    private static void Compile(string source, string path)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Statements",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp10))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        var result = compilation.Emit(path);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
        }
    }
}
