using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Appliance.Bench.Mutation;

/// <summary>Runs tests over the assembly with or without an active mutant, in this process.</summary>
internal sealed class MutantRunner
{
    private readonly string _target;
    private readonly byte[] _image;
    private readonly int _methods;
    private readonly IReadOnlyList<string> _tests;

    /// <summary>Weaves the assembly under test.</summary>
    /// <param name="target">Its name, without the ending; its file stands beside the first test assembly.</param>
    /// <param name="folders">Last parts of the namespaces to change.</param>
    /// <param name="tests">The test assemblies' files.</param>
    public MutantRunner(string target, IReadOnlyCollection<string> folders, IReadOnlyList<string> tests)
    {
        _target = target;
        _tests = tests;
        string path = Path.Combine(Path.GetDirectoryName(tests[0])!, target + ".dll");
        _image = MutantWeaver.Weave(path, folders, out IReadOnlyList<Mutant> mutants, out IReadOnlyList<string> methods);
        Mutants = mutants;
        _methods = methods.Count;
    }

    /// <summary>All mutants, by number from 1.</summary>
    public IReadOnlyList<Mutant> Mutants { get; }

    /// <summary>Runs every test without a mutant.</summary>
    /// <param name="says">Takes a word about each test that fails.</param>
    public Baseline Measure(Action<string> says)
    {
        var world = new TestWorld(_target, _image, _tests);
        var seen = new bool[_methods];
        FieldInfo fuel = world.Field("Fuel");
        world.Field("Seen").SetValue(null, seen);
        var list = new List<BaselineTest>();
        foreach (TestCase test in CasesOf(world))
        {
            Array.Clear(seen);
            fuel.SetValue(null, long.MaxValue);
            long began = Stopwatch.GetTimestamp();
            string? problem = test.Run();
            if (problem is not null)
            {
                says($"left out, since it fails without a mutant: {test.Name}: {problem}");
                continue;
            }

            list.Add(new BaselineTest(test.Name, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds,
                long.MaxValue - (long)fuel.GetValue(null)!, [.. Enumerable.Range(0, _methods).Where(i => seen[i])]));
        }

        world.Unload();
        return new Baseline([.. list.OrderBy(t => t.Milliseconds)]);
    }

    /// <summary>Runs the tests that enter a mutant's method until one fails.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <param name="baseline">What the tests do without it.</param>
    /// <param name="most">Milliseconds that the tests may take, by the baseline.</param>
    /// <returns>The test that noticed; null where none did; empty where none enters the method.</returns>
    public string? Try(Mutant mutant, Baseline baseline, long most)
    {
        List<BaselineTest> wanted = [];
        long sum = 0;
        foreach (BaselineTest test in baseline.Tests.Where(t => t.Methods.Contains(mutant.Method)))
        {
            sum += test.Milliseconds;
            if (sum > most && wanted.Count > 0)
            {
                break;
            }

            wanted.Add(test);
        }

        if (wanted.Count == 0)
        {
            return "";
        }

        var world = new TestWorld(_target, _image, _tests);
        world.Field("Seen").SetValue(null, new bool[_methods]);
        world.Field("Active").SetValue(null, mutant.Number);
        FieldInfo fuel = world.Field("Fuel");
        var cases = CasesOf(world).ToDictionary(c => c.Name);
        string? killer = null;
        foreach (BaselineTest test in wanted)
        {
            // Ten times the turns that it takes otherwise: slower than that is a loop that does not end.
            fuel.SetValue(null, (test.Turns * 10) + 1_000_000);
            if (cases[test.Name].Run() is not null)
            {
                killer = test.Name;
                break;
            }
        }

        world.Unload();
        return killer;
    }

    private IEnumerable<TestCase> CasesOf(TestWorld world) =>
        _tests.SelectMany(path => TestCase.Of(world.LoadFromAssemblyPath(path)));
}
