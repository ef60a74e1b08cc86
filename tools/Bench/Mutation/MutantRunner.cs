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
    // Of a test of so many seconds compiling is the least part: it is not run twice.
    private const int LongTest = 2;

    private readonly string _target;
    private readonly byte[] _image;
    private readonly int _methods;
    private readonly IReadOnlyList<string> _tests;
    private Dictionary<string, TestCase> _cases = [];

    // One world serves many mutants, since compiling the tests takes longer than most of them run.
    private TestWorld? _world;

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

    /// <summary>Tests that passed in the baseline and fail since, without a mutant: they are left out.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Runs every test without a mutant, and again what was short, since then all that it needs was compiled.</summary>
    /// <param name="filter">Only tests whose names contain one of these; empty for all.</param>
    /// <param name="says">Takes a word about each test that fails.</param>
    public Baseline Measure(IReadOnlyList<string> filter, Action<string> says)
    {
        TestWorld world = NewWorld();
        var seen = new bool[_methods];
        FieldInfo fuel = world.Field("Fuel");
        world.Field("Seen").SetValue(null, seen);
        var list = new List<BaselineTest>();
        var cached = new HashSet<int>();
        foreach (TestCase test in CasesOf(world)
            .Where(t => filter.Count == 0 || filter.Any(f => t.Name.Contains(f, StringComparison.Ordinal))))
        {
            Array.Clear(seen);
            fuel.SetValue(null, long.MaxValue);
            long began = Stopwatch.GetTimestamp();
            string? problem = test.Run();
            int[] entered = Entered(seen);
            if (Stopwatch.GetElapsedTime(began).TotalSeconds < LongTest)
            {
                Array.Clear(seen);
                fuel.SetValue(null, long.MaxValue);
                began = Stopwatch.GetTimestamp();
                problem ??= test.Run();
            }

            if (problem is not null)
            {
                says($"left out, since it fails without a mutant: {test.Name}: {problem}");
                continue;
            }

            cached.UnionWith(entered.Where(m => !seen[m]));
            list.Add(new BaselineTest(test.Name, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds,
                long.MaxValue - (long)fuel.GetValue(null)!, [.. entered.Union(Entered(seen))]));
        }

        world.Unload();
        return new Baseline([.. list.OrderBy(t => t.Milliseconds)], cached);
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
        foreach (BaselineTest test in baseline.Tests.Where(t => t.Methods.Contains(mutant.Method) && !Broken.Contains(t.Name)))
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

        // What outlives a test was made without the mutant.
        bool outlives = baseline.Cached.Contains(mutant.Method);
        if (outlives)
        {
            DropWorld();
        }

        while (true)
        {
            bool isFresh = _world is null;
            string? killer = FirstToFail(mutant, wanted);
            if (killer is null || (!outlives && Passes(killer)))
            {
                if (outlives)
                {
                    DropWorld();
                }

                return killer;
            }

            // A world that an earlier mutant spoiled proves nothing. Nor does a test that fails without a mutant in a new one:
            // what it needs beside the code has changed since the baseline.
            DropWorld();
            if (isFresh)
            {
                EnterWorld();
                if (Passes(killer))
                {
                    return killer;
                }

                Broken.Add(killer);
                wanted.RemoveAll(test => test.Name == killer);
            }
        }
    }

    private static int[] Entered(bool[] seen) => [.. Enumerable.Range(0, seen.Length).Where(i => seen[i])];

    private string? FirstToFail(Mutant mutant, List<BaselineTest> wanted)
    {
        EnterWorld();
        _world!.Field("Active").SetValue(null, mutant.Number);
        FieldInfo fuel = _world.Field("Fuel");
        foreach (BaselineTest test in wanted)
        {
            // Ten times the turns that it takes otherwise: slower than that is a loop that does not end.
            fuel.SetValue(null, (test.Turns * 10) + 1_000_000);
            if (_cases[test.Name].Run() is not null)
            {
                return test.Name;
            }
        }

        return null;
    }

    private void EnterWorld()
    {
        if (_world is null)
        {
            _world = NewWorld();
            _cases = CasesOf(_world).ToDictionary(c => c.Name);
            _world.Field("Seen").SetValue(null, new bool[_methods]);
        }
    }

    private bool Passes(string test)
    {
        _world!.Field("Active").SetValue(null, 0);
        _world.Field("Fuel").SetValue(null, long.MaxValue);
        return _cases[test].Run() is null;
    }

    private void DropWorld()
    {
        _world?.Unload();
        _world = null;
        _cases.Clear();
    }

    private TestWorld NewWorld() => new(_target, _image, _tests);

    private IEnumerable<TestCase> CasesOf(TestWorld world) =>
        _tests.SelectMany(path => TestCase.Of(world.LoadFromAssemblyPath(path)));
}
