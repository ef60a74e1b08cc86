using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace Appliance.Bench.Mutation;

/// <summary>
/// Measures how many mutants the tests notice: a random sample of all, in worker processes, since a mutant may end its process.
/// </summary>
internal sealed class MutationRun
{
    // A worker that says nothing for this long hangs outside of the loops that burn fuel.
    private const int StallSeconds = 300;

    // Worlds are unloaded late; a fresh process after so many mutants keeps the memory flat.
    private const int MutantsEach = 500;

    // So many of the slowest tests are named: they are the last that a mutant meets.
    private const int SlowTests = 8;

    private const string Survived = "survived";

    private readonly MutationOptions _options;
    private readonly TextWriter _output;
    private readonly ConcurrentDictionary<string, bool> _broken = new();
    private long _began;

    /// <summary>Prepares a run.</summary>
    public MutationRun(MutationOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
    }

    /// <summary>The worker: reads numbers from standard input, writes a line each.</summary>
    /// <param name="options">The same as the parent's.</param>
    /// <param name="baselinePath">The parent's baseline.</param>
    public static void Work(MutationOptions options, string baselinePath)
    {
        Baseline baseline = JsonSerializer.Deserialize<Baseline>(File.ReadAllText(baselinePath))!;
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        var runner = new MutantRunner(options.Target, options.Folders, options.Tests);
        while (Console.In.ReadLine() is { } line)
        {
            int number = int.Parse(line, CultureInfo.InvariantCulture);
            string? killer = runner.Try(runner.Mutants[number - 1], baseline, options.MostMilliseconds);
            string outcome = killer is null ? Survived : killer.Length == 0 ? "unreached" : "killed";
            output.WriteLine($"{number}\t{outcome}\t{killer}\t{string.Join(' ', runner.Broken)}");
            output.Flush();
        }
    }

    /// <summary>Runs the sample and prints the survivors and the rate.</summary>
    public void Run()
    {
        var runner = new MutantRunner(_options.Target, _options.Folders, _options.Tests);
        (TextWriter console, TextWriter errors) = (Console.Out, Console.Error);
        // What the tests print is not the answer.
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        Baseline baseline = runner.Measure(_options.Filter, word => console.WriteLine(word));
        Console.SetOut(console);
        Console.SetError(errors);
        long seconds = baseline.Tests.Sum(t => t.Milliseconds) / 1000;
        _output.WriteLine($"{runner.Mutants.Count} mutants, {baseline.Tests.Count} tests, {seconds} s without a mutant");
        foreach (BaselineTest slow in baseline.Tests.Reverse().Take(SlowTests))
        {
            _output.WriteLine($"{slow.Milliseconds,6} ms  {slow.Name}");
        }

        string path = Path.GetTempFileName();
        File.WriteAllText(path, JsonSerializer.Serialize(baseline));
        HashSet<string>? survivors = _options.Again is null ? null
            : [.. File.ReadLines(_options.Again).Where(line => line.StartsWith(Survived, StringComparison.Ordinal))];
        int[] numbers =
        [
            .. runner.Mutants.Where(m => m.Where.Contains(_options.Where, StringComparison.Ordinal)
                && (survivors is null || survivors.Contains(LineOf(m, Survived)))).Select(m => m.Number),
        ];
        new Random(_options.Seed).Shuffle(numbers);
        int[] sample = [.. numbers.Take(_options.Sample)];
        var queue = new ConcurrentQueue<int>(sample);
        var outcomes = new ConcurrentDictionary<int, string>();
        _began = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, _options.Jobs).Select(_ => new Thread(() => Feed(queue, outcomes, path)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        File.Delete(path);
        // Drawn at random, so those that were tried in time are a sample too.
        Tell(runner.Mutants, [.. sample.Where(outcomes.ContainsKey)], outcomes);
    }

    private void Feed(ConcurrentQueue<int> queue, ConcurrentDictionary<int, string> outcomes, string baseline)
    {
        while (!queue.IsEmpty && HasTime())
        {
            using Process worker = Start(baseline);
            for (int i = 0; i < MutantsEach && HasTime() && queue.TryDequeue(out int number); i++)
            {
                worker.StandardInput.WriteLine(number);
                worker.StandardInput.Flush();
                var reading = worker.StandardOutput.ReadLineAsync();
                if (!reading.Wait(TimeSpan.FromSeconds(StallSeconds)) || reading.Result is null)
                {
                    outcomes[number] = "killed";
                    worker.Kill(entireProcessTree: true);
                    break;
                }

                string[] told = reading.Result.Split('\t');
                outcomes[number] = told[1];
                foreach (string test in told[3].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    _broken[test] = true;
                }
            }

            if (!worker.HasExited)
            {
                worker.StandardInput.Close();
                worker.WaitForExit();
            }
        }
    }

    private bool HasTime() => Stopwatch.GetElapsedTime(_began).TotalMinutes < _options.Minutes;

    private Process Start(string baseline)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MutationRun).Assembly.Location);
        }

        start.ArgumentList.Add("mutate");
        foreach (string test in _options.Tests)
        {
            start.ArgumentList.Add(test);
        }

        foreach (string folder in _options.Folders)
        {
            start.ArgumentList.Add("--folder");
            start.ArgumentList.Add(folder);
        }

        start.ArgumentList.Add("--target");
        start.ArgumentList.Add(_options.Target);
        start.ArgumentList.Add("--most");
        start.ArgumentList.Add((_options.MostMilliseconds / 1000).ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add("--worker");
        start.ArgumentList.Add(baseline);
        return Process.Start(start)!;
    }

    private void Tell(IReadOnlyList<Mutant> mutants, int[] sample, ConcurrentDictionary<int, string> outcomes)
    {
        foreach (string test in _broken.Keys.Order(StringComparer.Ordinal))
        {
            _output.WriteLine($"left out, since it came to fail without a mutant: {test}");
        }

        foreach (int number in sample.Where(n => outcomes[n] != "killed").OrderBy(n => n))
        {
            _output.WriteLine(LineOf(mutants[number - 1], outcomes[number]));
        }

        foreach (IGrouping<string, int> file in sample.GroupBy(n => mutants[n - 1].Where.Split(':')[0])
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            _output.WriteLine($"{file.Count(n => outcomes[n] == "killed"),4} of {file.Count(),4} noticed  {file.Key}");
        }

        int killed = sample.Count(n => outcomes[n] == "killed");
        (double low, double high) = Wilson(killed, sample.Length);
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{killed} of {sample.Length} mutants noticed: {100.0 * killed / sample.Length:0.0} % ")
            + string.Create(CultureInfo.InvariantCulture, $"(95 %: {100 * low:0.0} to {100 * high:0.0})"));
    }

    private static string LineOf(Mutant mutant, string outcome) => $"{outcome,-9} {mutant.Where}: {mutant.Change}";

    private static (double Low, double High) Wilson(int hits, int of)
    {
        const double z = 1.96;
        double share = (double)hits / of;
        double middle = (share + (z * z / (2 * of))) / (1 + (z * z / of));
        double half = z * Math.Sqrt((share * (1 - share) / of) + (z * z / (4.0 * of * of))) / (1 + (z * z / of));
        return (middle - half, middle + half);
    }
}
