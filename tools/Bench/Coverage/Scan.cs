using System;
using System.Linq;

namespace Appliance.Bench.Coverage;

/// <summary>What a run rolls: the targets, who of them answers, ports and numbers.</summary>
internal sealed class Scan
{
    /// <summary>How many hosts, or ports of one host, each scan asks.</summary>
    public const int Targets = 60;

    private const uint Home = Frames.SensorRig.Home;
    private const uint Outsider = 0xcb007142;
    private const uint Insider = Home + 250;

    private readonly uint[] _hosts = new uint[Targets];
    private readonly int[] _ports = new int[Targets];
    private readonly bool[] _answers = new bool[Targets];
    private readonly Random _random;

    /// <summary>Rolls one.</summary>
    /// <param name="technique">The technique.</param>
    /// <param name="density">The share of targets that answer, in per cent.</param>
    /// <param name="isInOrder">The hosts are asked in the order of their addresses; otherwise at random.</param>
    /// <param name="random">Rolls.</param>
    public Scan(Technique technique, int density, bool isInOrder, Random random)
    {
        _random = random;
        Actor = technique.IsInside ? Insider : Outsider;
        int[] hosts = [.. Enumerable.Range(60, 180)];
        if (!isInOrder)
        {
            random.Shuffle(hosts);
        }

        int[] ports = [.. Enumerable.Range(5_000, 1_000)];
        random.Shuffle(ports);
        int[] order = [.. Enumerable.Range(0, Targets)];
        random.Shuffle(order);
        for (int i = 0; i < Targets; i++)
        {
            _hosts[i] = Home + (uint)hosts[i];
            _ports[i] = ports[i];
            _answers[order[i]] = i * 100 < density * Targets;
        }
    }

    /// <summary>Who scans.</summary>
    public uint Actor { get; }

    /// <summary>The nth host.</summary>
    public uint Host(int number) => _hosts[number];

    /// <summary>The nth port.</summary>
    public int Port(int number) => _ports[number];

    /// <summary>Whether the nth target answers.</summary>
    public bool Answers(int number) => _answers[number];

    /// <summary>A source port as a stack rolls it.</summary>
    public int SourcePort() => _random.Next(32_768, 61_000);

    /// <summary>A sequence number.</summary>
    public uint Sequence() => (uint)_random.NextInt64(1, 1L << 32);
}
