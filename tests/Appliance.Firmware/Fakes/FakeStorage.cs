using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>What a write that power cuts short leaves in the file.</summary>
internal enum Torn
{
    /// <summary>The file before: littlefs, which commits when a file is closed.</summary>
    Old,

    /// <summary>Nothing at all.</summary>
    Gone,

    /// <summary>A file without octets.</summary>
    Empty,

    /// <summary>The new octets up to the cut.</summary>
    Prefix,

    /// <summary>The new octets up to the cut, and behind them those of the file before.</summary>
    Overlay,

    /// <summary>The new octets up to the cut, and behind them erased flash.</summary>
    Erased,
}

/// <summary>Files in memory, with System.IO's rules as nanoFramework has them, and power that fails at a step that a test
/// chooses.</summary>
internal sealed class FakeStorage : IStorage
{
    private static readonly string[] None = [];

    public Dictionary<string, byte[]> Files { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Steps until the power fails: each change of a file is one, each write begins, goes on at <see cref="CutAt"/>,
    /// and ends.</summary>
    public int StepsLeft { get; set; } = int.MaxValue;

    /// <summary>What is left of a file that is being written then.</summary>
    public Torn Torn { get; set; }

    /// <summary>Octets that were written when the power failed.</summary>
    public int CutAt { get; set; }

    /// <summary>Room for all files; a write that needs more fails and leaves what fitted.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Writes fail and leave what was there.</summary>
    public bool IsFull { get; set; }

    /// <summary>Nothing can be written or deleted.</summary>
    public bool IsDead { get; set; }

    /// <summary>What is free nobody knows.</summary>
    public bool FreeIsUnknown { get; set; }

    /// <summary>Looks into the inbox.</summary>
    public int Lists { get; private set; }

    /// <summary>Changes a file's octets as they are read.</summary>
    public Action<string, byte[]>? Rot { get; set; }

    /// <summary>Steps done.</summary>
    public int Steps { get; private set; }

    public bool Exists(string path) => Files.ContainsKey(path);

    public long LengthOf(string path) => Files.TryGetValue(path, out byte[]? file) ? file.Length : -1;

    public int Read(string path, int from, byte[] into)
    {
        if (!Files.TryGetValue(path, out byte[]? file))
        {
            return -1;
        }

        byte[] octets = [.. file];
        Rot?.Invoke(path, octets);
        int length = Math.Clamp(octets.Length - from, 0, into.Length);
        Array.Copy(octets, Math.Min(from, octets.Length), into, 0, length);
        return length;
    }

    public bool Write(string path, byte[] head, byte[] body)
    {
        byte[] octets = [.. head, .. body];
        int length = octets.Length;
        byte[]? before = Files.GetValueOrDefault(path);
        Step(() => Tear(path, before, octets, 0));
        if (IsDead || IsFull)
        {
            return false;
        }

        int others = Files.Where(f => f.Key != path).Sum(f => f.Value.Length);
        if (others + length > Room)
        {
            Files[path] = octets.AsSpan(0, Math.Max(0, Math.Min(length, Room - others))).ToArray();
            return false;
        }

        Step(() => Tear(path, before, octets, Math.Min(CutAt, length)));
        Files[path] = octets;
        Step(() => { });
        return true;
    }

    public bool Delete(string path)
    {
        Step(() => { });
        if (IsDead)
        {
            return false;
        }

        Files.Remove(path);
        Step(() => { });
        return true;
    }

    public bool Move(string from, string to)
    {
        Step(() => { });
        if (IsDead || Files.ContainsKey(to) || !Files.TryGetValue(from, out byte[]? file))
        {
            return false;
        }

        Files.Remove(from);
        Files[to] = file;
        Step(() => { });
        return true;
    }

    public long Free() => FreeIsUnknown ? -1 : 262_144 - Files.Values.Sum(f => f.Length + 1);

    public string[] List(string folder)
    {
        Lists++;
        string[] files = [.. Files.Keys.Where(p =>
            p.StartsWith(folder + "\\", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return files.Length == 0 ? None : files;
    }

    private void Tear(string path, byte[]? before, byte[] octets, int written)
    {
        switch (Torn)
        {
            case Torn.Old:
                break;
            case Torn.Gone:
                Files.Remove(path);
                break;
            case Torn.Empty:
                Files[path] = [];
                break;
            case Torn.Prefix:
                Files[path] = octets.AsSpan(0, written).ToArray();
                break;
            case Torn.Overlay:
                byte[] both = new byte[Math.Max(written, before?.Length ?? 0)];
                before?.CopyTo(both, 0);
                Array.Copy(octets, both, written);
                Files[path] = both;
                break;
            case Torn.Erased:
                byte[] erased = new byte[Math.Max(written, before?.Length ?? 0)];
                Array.Fill(erased, (byte)0xff);
                Array.Copy(octets, erased, written);
                Files[path] = erased;
                break;
        }
    }

    private void Step(Action leave)
    {
        Steps++;
        if (--StepsLeft < 0)
        {
            leave();
            throw new PowerCutException();
        }
    }
}
