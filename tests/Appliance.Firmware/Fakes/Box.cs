using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Sensor;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A box on a bench: the program, unmodified, between fakes that a test holds in its hands.</summary>
internal sealed class Box : IAlertSink
{
    /// <summary>2026-11-24, in microseconds.</summary>
    public const long Today = 1_795_000_000_000_000;

    private const long Second = 1_000_000;

    /// <summary>Builds a box and does not start it.</summary>
    /// <param name="storage">Its files; null for none.</param>
    /// <param name="keys">The keys that its image trusts.</param>
    /// <param name="startAt">Microseconds that its clock shows at the start.</param>
    /// <param name="change">Changes the settings.</param>
    public Box(FakeStorage? storage = null, TrustedKey[]? keys = null, long startAt = 0, Action<TapSettings>? change = null)
    {
        Storage = storage ?? new FakeStorage();
        Clock = new FakeClock { Micros = startAt, Server = Today };
        Port = new FakePort(Clock);
        Light = new FakeLight(Clock);
        Settings = new TapSettings
        {
            BuiltIn = () => TestTables.BuiltIn,
            Keys = keys ?? [],
            Seed = 7,
            // Most tests are of a box that misses nothing.
            NeedsKeys = false,
        };
        change?.Invoke(Settings);
        Program = new TapProgram(Settings, Port, Storage, Uplink, Clock, Light, Check) { Copy = this };
    }

    public FakeStorage Storage { get; }

    public FakeClock Clock { get; }

    public FakePort Port { get; }

    public FakeUplink Uplink { get; } = new();

    public FakeLight Light { get; }

    public DotNetKeyCheck Check { get; } = new();

    public TapSettings Settings { get; }

    public TapProgram Program { get; }

    /// <summary>Every message, whatever became of it.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>What the collector has, taken apart.</summary>
    public IEnumerable<Said> Received => Uplink.Received.Select(line => new Said(line));

    /// <summary>What the box said, taken apart.</summary>
    public IEnumerable<Said> All => Lines.Select(line => new Said(line));

    /// <summary>What the light shows.</summary>
    public int Shown => Program.Light.Shown;

    /// <summary>The states that were told of a part, in order.</summary>
    public string[] States(string part) => [.. All.Where(s => s["part"] == part).Select(s => s["state"])];

    /// <summary>A frame is delivered, and others are missed beside it.</summary>
    public void Burst(int missed)
    {
        Port.Add(Clock.Micros + (Second / 10), Frames.Syn(Frames.Actor, 1, 80, missed));
        Port.Counters[PortCounter.Missed] += missed;
        Run(1);
    }

    /// <summary>The receiver misses all until it is reset.</summary>
    /// <returns>How many frames it missed.</returns>
    public long Stall()
    {
        int resets = Port.Resets;
        long missed = 0;
        for (int i = 0; i < 10 && Port.Resets == resets; i++)
        {
            Port.Counters[PortCounter.Missed] += 100;
            missed += 100;
            Run(1);
        }

        Assert.AreEqual(resets + 1, Port.Resets);
        return missed;
    }

    public Box Start()
    {
        Program.Start();
        return this;
    }

    /// <summary>Runs the loop.</summary>
    public Box Run(double seconds)
    {
        long end = Clock.Micros + (long)(seconds * Second);
        while (Clock.Micros < end)
        {
            Program.Turn();
        }

        return this;
    }

    /// <summary>Runs the loop until all frames are read.</summary>
    public Box RunAll()
    {
        while (Port.Waiting > 0)
        {
            Program.Turn();
        }

        return this;
    }

    public void Alert(byte[] line, int length, int severity) => Lines.Add(Encoding.ASCII.GetString(line, 0, length));
}
