using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.GrandTotal;

// Arguments: the result files (.trx) of the projects, whether they were written or not.
var total = new ResultTotal();
List<string> silent = [];
foreach (string file in args)
{
    if (File.Exists(file))
    {
        total.Add(file);
    }
    else
    {
        silent.Add(Path.GetFileNameWithoutExtension(file));
    }
}

if (silent.Count > 0)
{
    Console.WriteLine($"No results of {string.Join(", ", silent)}: not built, ended early, no test of that filter, or written elsewhere by a --logger.");
}

foreach ((string reason, int count) in total.Reasons.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal))
{
    Console.WriteLine($"{count} skipped: {reason}");
}

Console.WriteLine($"{total.Passed} passed, {total.Failed} failed, {total.Skipped} skipped");
return total.Failed == 0 && total.Passed > 0 ? 0 : 1;
