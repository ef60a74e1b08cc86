using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Flashing;

/// <summary>What a box gets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Table">Its first table.</param>
/// <param name="TableFile">Where that stands.</param>
/// <param name="Network">Its network.</param>
internal sealed record BoxGoods(string Name, IReadOnlyList<PublicKey> Keys, SignatureTable Table, string TableFile, NetworkSettings Network);

/// <summary>Brings a new box its keys, its network and its first table, step by step, and looks whether it took them.</summary>
/// <param name="cable">The cable.</param>
/// <param name="goods">What it gets.</param>
/// <param name="output">Gets each step.</param>
/// <param name="errors">Gets what went wrong.</param>
internal sealed class Provisioning(IBoxCable cable, BoxGoods goods, TextWriter output, TextWriter errors)
{
    private const int Steps = 5;

    private int _step;

    /// <summary>How long between two looks: each is a run of nanoff, which holds the box for a moment.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Does it.</summary>
    /// <param name="patience">How long the box is waited for; zero: it is not.</param>
    /// <returns>The box has everything, as far as the cable shows.</returns>
    public bool Run(TimeSpan patience)
    {
        output.WriteLine("MIRROR must be unplugged: until the box is known to be silent it is on no imaging network.");
        string? problem = cable.Ask(out IReadOnlyList<string> lines);
        if (problem is null && lines.Count > 0)
        {
            problem = new BoxDetails(lines).ObstacleTo(goods.Table) is { } obstacle ? $"{cable.Name}: {obstacle}" : null;
        }

        if (!Done("the box answers" + (lines.Count == 0 ? " (simulated)" : $": {new BoxDetails(lines).TargetName}, with hook and program"), problem)
            || !Done($"network: {goods.Network}; it counts from the next start on", cable.Set(goods.Network)))
        {
            return false;
        }

        // What an earlier attempt left must not be taken for this one's.
        problem = cable.Take(TableStore.KeyMark, out _) ?? cable.Take(TableStore.TableMark, out _)
            ?? cable.Put([new BoxFile(Inbox.Keys, KeyOfferFile.Of(goods.Name, goods.Keys)), .. Inbox.FilesOf(goods.Table.Bytes, goods.TableFile)]);
        string keys = string.Join(" and ", goods.Keys.Select(k => k.Id));
        if (!Done($"key{(goods.Keys.Count == 1 ? "" : "s")} {keys} and table {goods.Table.Sequence} are in the inbox", problem))
        {
            return false;
        }

        bool isTaken = Wait(patience, out problem);
        if (patience > TimeSpan.Zero && !Done("the box took them: it has its keys, and the table is in use", problem ?? (isTaken ? null : NotTaken(patience))))
        {
            return false;
        }

        _step = Steps - 1;
        Done("the label:", null);
        output.Write(BoxLabel.Of(goods.Name, goods.Table, goods.Keys, goods.Network, DateOnly.FromDateTime(DateTime.UtcNow)));
        Next(isTaken);
        return true;
    }

    // Both marks, in whatever order they come; each is gone when it was seen.
    private bool Wait(TimeSpan patience, out string? problem)
    {
        problem = null;
        bool hasKeys = false;
        bool hasTable = false;
        for (DateTime end = DateTime.UtcNow + patience; DateTime.UtcNow < end && problem is null && !(hasKeys && hasTable);)
        {
            TimeSpan left = end - DateTime.UtcNow;
            Thread.Sleep(left < Pause ? left : Pause);
            if (!hasKeys)
            {
                problem = cable.Take(TableStore.KeyMark, out hasKeys);
            }

            if (!hasTable && problem is null)
            {
                problem = cable.Take(TableStore.TableMark, out hasTable);
            }
        }

        return hasKeys && hasTable;
    }

    private string NotTaken(TimeSpan patience)
    {
        string seconds = patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return $"{cable.Name}: {seconds} s later the box has not taken them. Its light: blue, 3 blinks: it refused them, because it has other "
            + "keys already, or had this table's number before; white, pulsing: wait, and try again with a longer --wait; anything else: its program does not run";
    }

    private void Next(bool isTaken)
    {
        output.WriteLine("What must happen next:");
        if (!isTaken)
        {
            output.WriteLine("- The light: white pulsing for up to a minute, then blue, 2 blinks: the table is in use. Blue, 3 blinks: it was refused.");
        }

        output.WriteLine("- Take power off and on once: only then the network's settings count.");
        output.WriteLine($"- At the collector a line of {goods.Name} comes: health part=\"self-test\" state=\"passed\" keys=\"{goods.Keys.Count}\".");
        output.WriteLine($"- A minute later its heartbeat: tableHash=\"{TableText.HashOf(goods.Table)}\", transmitted=\"0\".");
        output.WriteLine("- Then check that it is silent (hardware/mirror-port, step 7), put the label on it, and plug MIRROR in.");
    }

    private bool Done(string what, string? problem)
    {
        _step++;
        if (problem is not null)
        {
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: step {_step} of {Steps}: {problem}"));
            return false;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_step}/{Steps} {what}"));
        return true;
    }
}
