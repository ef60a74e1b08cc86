using System;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Appliance.Bench.Mutation;

/// <summary>The command line of the mutation run.</summary>
internal static class MutationCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var tests = new Argument<string[]>("TESTS.dll")
        {
            Description = "built test assemblies",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string>("--target")
        {
            Description = "the assembly under test",
            DefaultValueFactory = _ => "Appliance.Sensor",
        };
        var folders = new Option<string[]>("--folder")
        {
            Description = "last part of a namespace that is changed; may be given again",
            DefaultValueFactory = _ => ["Memories", "Judging", "Incidents", "Lines"],
        };
        var where = new Option<string>("--where")
        {
            Description = "only mutants whose place contains this: Promotion.cs, LineBuffer.cs:81",
            DefaultValueFactory = _ => "",
        };
        var filter = new Option<string[]>("--filter")
        {
            Description = "only tests whose class and method contain this, as while one is written; may be given again",
            DefaultValueFactory = _ => [],
        };
        var again = new Option<string?>("--again")
        {
            Description = "the output of an earlier run of the same sensor: only what survived there is tried",
        };
        var sample = new Option<int>("--sample") { Description = "how many mutants are drawn", DefaultValueFactory = _ => 800 };
        var seed = new Option<int>("--seed") { Description = "what draws them", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int>("--jobs") { Description = "workers at a time", DefaultValueFactory = _ => 2 };
        var most = new Option<int>("--most")
        {
            Description = "seconds of tests a mutant, the fastest tests first",
            DefaultValueFactory = _ => 20,
        };
        var minutes = new Option<int>("--minutes")
        {
            Description = "no mutant is begun after so long; the sample is what was tried until then",
            DefaultValueFactory = _ => int.MaxValue,
        };
        var worker = new Option<string?>("--worker")
        {
            Description = "the baseline of the run that started this worker",
            Hidden = true,
        };
        var command = new Command("mutate", "How many small changes to the sensor's code the tests notice.")
        {
            tests, target, folders, where, filter, again, sample, seed, jobs, most, minutes, worker,
        };
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetValue(tests)!;
            string? absent = files.FirstOrDefault(f => !File.Exists(f));
            if (absent is not null)
            {
                Console.Error.WriteLine($"bench: {absent}: not there; build the tests first");
                return 2;
            }

            if (parsed.GetValue(again) is { } earlier && !File.Exists(earlier))
            {
                Console.Error.WriteLine($"bench: {earlier}: not there; it is to hold what an earlier run printed");
                return 2;
            }

            var options = new MutationOptions
            {
                Target = parsed.GetValue(target)!,
                Folders = parsed.GetValue(folders)!,
                Tests = [.. files.Select(Path.GetFullPath)],
                Where = parsed.GetValue(where)!,
                Filter = parsed.GetValue(filter)!,
                Again = parsed.GetValue(again),
                Sample = parsed.GetValue(sample),
                Seed = parsed.GetValue(seed),
                Jobs = parsed.GetValue(jobs),
                Minutes = parsed.GetValue(minutes),
                MostMilliseconds = parsed.GetValue(most) * 1000L,
            };
            if (parsed.GetValue(worker) is { } baseline)
            {
                MutationRun.Work(options, baseline);
            }
            else
            {
                new MutationRun(options, Console.Out).Run();
            }

            return 0;
        });
        return command;
    }
}
