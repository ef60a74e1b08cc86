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
internal sealed record BoxGoods(string Name, IReadOnlyList<PublicKey> Keys, SignatureTable Table, string TableFile,
    NetworkSettings Network);

/// <summary>
/// Brings a new box its keys and its first table, looks whether it took them, then sets its network, step by step. The network
/// comes last: a box that has other keys is another site's, and keeps its network, unless nobody waits to see what it took.
/// </summary>
/// <param name="cable">The cable.</param>
/// <param name="goods">What it gets.</param>
/// <param name="output">Gets each step.</param>
/// <param name="errors">Gets what went wrong.</param>
internal sealed class Provisioning(IBoxCable cable, BoxGoods goods, TextWriter output, TextWriter errors)
{
    /// <summary>The folder of the page that says how a box's silence is checked.</summary>
    internal const string SilencePage = "hardware/mirror-port";

    /// <summary>The step of that page.</summary>
    internal const int SilenceStep = 10;

    private const int Steps = 5;

    private int _step;

    // A name that was made is told here only, and the box may have taken it.
    private string Again => $". Its network was not changed. To try again give it the same name: --name {goods.Name}";

    /// <summary>How long between two looks: each is a run of nanoff, which holds the box for a moment.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Does it.</summary>
    /// <param name="patience">How long the box is waited for; zero: it is not.</param>
    /// <returns>The box has everything, as far as the cable shows.</returns>
    public bool Run(TimeSpan patience)
    {
        output.WriteLine("MIRROR must be unplugged: until the box is known to be silent it is on no imaging network.");
        bool isLookedAt = patience > TimeSpan.Zero;
        if (!Ask() || !Bring() || !(isLookedAt ? Look(patience) : Done("not looked at (--wait 0): whether the box took them", null)))
        {
            return false;
        }

        string? problem = cable.Set(goods.Network);
        if (!Done($"network: {goods.Network}; it counts from the next start on", problem is null ? null
            : $"{problem}. {(isLookedAt ? "The box has its keys, its table" : "Keys and table are in its inbox")} and its name: repeat "
                + $"the command with --name {goods.Name}"))
        {
            return false;
        }

        Done(isLookedAt ? "the label:" : "the label, unconfirmed; put it on only when the lines below have come:", null);
        output.Write(BoxLabel.Of(goods, DateOnly.FromDateTime(DateTime.UtcNow), isLookedAt));
        Next(isLookedAt);
        return true;
    }

    private bool Ask()
    {
        string? problem = cable.Ask(out IReadOnlyList<string> lines);
        if (problem is null && lines.Count > 0)
        {
            problem = new BoxDetails(lines).ObstacleTo(goods.Table, goods.Network) is { } obstacle ? $"{cable.Name}: {obstacle}" : null;
        }

        return Done("the box answers" + (lines.Count == 0 ? " (simulated)"
            : $": {new BoxDetails(lines).TargetName}, with hook and program"), problem);
    }

    private bool Bring()
    {
        // What an earlier attempt left must not be taken for this one's.
        string? problem = cable.Take(TableStore.KeyMark, out _) ?? cable.Take(TableStore.TableMark, out _)
            ?? cable.Put([new BoxFile(Inbox.Keys, KeyOfferFile.Of(goods.Name, goods.Keys)),
                .. Inbox.FilesOf(goods.Table.Bytes, goods.TableFile)]);
        string keys = string.Join(" and ", goods.Keys.Select(k => k.Id));
        return Done($"key{(goods.Keys.Count == 1 ? "" : "s")} {keys} and table {goods.Table.Sequence} are in the inbox", problem is null
            ? null : problem + Again + Withdrawn());
    }

    // Both marks, in whatever order they come; each is gone when it was seen.
    private bool Look(TimeSpan patience)
    {
        string? problem = null;
        bool hasKeys = false;
        bool hasTable = false;
        for (DateTime end = DateTime.UtcNow + patience; DateTime.UtcNow < end && problem is null && !(hasKeys && hasTable);)
        {
            TimeSpan left = end - DateTime.UtcNow;
            // The time may have run out since the loop's own look at it.
            Thread.Sleep(left < TimeSpan.Zero ? TimeSpan.Zero : left < Pause ? left : Pause);
            if (!hasKeys)
            {
                problem = cable.Take(TableStore.KeyMark, out hasKeys);
            }

            if (!hasTable && problem is null)
            {
                problem = cable.Take(TableStore.TableMark, out hasTable);
            }
        }

        problem ??= hasKeys && hasTable ? null : NotTaken(patience, hasKeys, hasTable);
        return Done("the box took them: it has its keys, and the table is in use",
            problem is null ? null : problem + Again + (hasKeys ? "" : Withdrawn()));
    }

    // A box without keys keeps an offer until it accepts a table: it would take it, and the name in it, when nobody thinks of it
    // any more.
    private string Withdrawn() => cable.Take(Inbox.Keys, out bool wasThere) is not null
        ? ". The keys may lie in its inbox still: it takes them, and the name, with the next table that it accepts"
        : wasThere ? ". The keys lay in its inbox still and were deleted there, so that it does not take them later; a table that lies there is "
            + "judged without them"
        : "";

    private string NotTaken(TimeSpan patience, bool hasKeys, bool hasTable)
    {
        string seconds = patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        string what = hasKeys ? "its keys were taken, the table was not" : hasTable ? "the table is in use, its keys were not taken"
            : "neither keys nor table were taken";

        // A box without keys takes keys and table together; so either of them alone shows a box that had keys.
        string reasons = hasKeys ? "it had these keys and this name before, and had this table's number or a higher one, or is another "
            + "site's; or the table is still on trial"
            : hasTable ? $"it had this table before, and has another name than {goods.Name}, or more, fewer or other keys beside the "
                + $"table's"
            : $"it has other keys, or another name than {goods.Name}; or it refused the table (compiled for another class of boards, a "
                + $"number that is too high, "
                + "too many frames matched); or it is another board than you think; or its program does not run";
        return $"{cable.Name}: {seconds} s later {what}. Possible: {reasons}. Its light: blue, 3 blinks: refused, and its message says "
            + $"why; "
            + "white, pulsing: on trial, try again with a longer --wait; none of them: its program does not run";
    }

    private void Next(bool isTaken)
    {
        output.WriteLine("What must happen next:");
        if (!isTaken)
        {
            output.WriteLine("- The light: white pulsing for up to a minute, then blue, 2 blinks: the table is in use. Blue, 3 blinks: "
                + "it was refused.");
        }

        output.WriteLine("- Take power off and on once: only then the network's settings count.");
        if (goods.Network.Ssid is not null)
        {
            output.WriteLine("- Wi-Fi is joined only by the image without the W5500 (hardware/boards/wt32-eth01, \"Settings of the "
                + "image\"): with the other one it has no uplink.");
        }

        output.WriteLine($"- At the collector a line of {goods.Name} comes: health part=\"self-test\" state=\"passed\" "
            + $"keys=\"{goods.Keys.Count}\".");
        output.WriteLine($"- A minute later its heartbeat: tableHash=\"{TableText.HashOf(goods.Table)}\", transmitted=\"0\".");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"- Put the label on it. Before MIRROR goes to the imaging network, check that it is silent ({SilencePage}, step {SilenceStep}): each box."));
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
