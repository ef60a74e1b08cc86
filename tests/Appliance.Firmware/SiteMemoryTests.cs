using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Health;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Imaging;
using Appliance.Imaging.Memories;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>Which hosts were heard is known after a restart, whatever the storage left of the last write.</summary>
[TestClass]
public sealed class SiteMemoryTests
{
    private const long Hour = 3600L * 1_000_000;
    private const int Host = 0x0a000000;

    public static IEnumerable<object[]> TornWrites => Enum.GetValues<Torn>().Select(torn => new object[] { torn });

    [TestMethod]
    public void WhatWasLearnedOutlivesARestart()
    {
        var storage = new FakeStorage();
        (ImagingEyes eyes, SiteMemory memory) = Begin(storage, 0);
        Hear(eyes, 1);
        eyes.Arrivals.Hours = 100;
        memory.Look(Hour - 1);
        Assert.IsEmpty(storage.Files);
        memory.Look(Hour);
        Assert.HasCount(1, storage.Files);
        Hear(eyes, 2);
        memory.Look(24 * Hour);
        Assert.HasCount(1, storage.Files, "once a day");
        (eyes, _) = Begin(storage, 0);
        Assert.AreEqual(100, eyes.Arrivals.Hours);
        Assert.IsTrue(eyes.Arrivals.Known.Has(Host + 1));
        Assert.IsFalse(eyes.Arrivals.Known.Has(Host + 2), "a day at most is forgotten");
    }

    [TestMethod]
    public void WhenTheInventoryWasToldIsKeptAtOnceAndOutlivesARestart()
    {
        var storage = new FakeStorage();
        (ImagingEyes eyes, SiteMemory memory) = Begin(storage, 0);
        memory.Look(Hour);
        eyes.ToldHour = 498_000;
        memory.Look(Hour + 1);
        Assert.HasCount(2, storage.Files);
        (eyes, memory) = Begin(storage, 0);
        Assert.AreEqual(498_000, eyes.ToldHour);
        storage.Files.Clear();
        memory.Look(Hour - 1);
        Assert.IsEmpty(storage.Files, "nothing new");

        // A storage that takes nothing is not asked each second.
        storage.IsFull = true;
        eyes.ToldHour++;
        memory.Look(Hour - 1);
        Assert.IsTrue(memory.IsBad);
        storage.IsFull = false;
        memory.Look(Hour);
        Assert.IsEmpty(storage.Files);
        memory.Look((2 * Hour) - 1);
        Assert.HasCount(1, storage.Files);
    }

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void PowerThatFailsDuringAWriteCostsADayAtMost(object torn)
    {
        for (int cut = 0; cut < 6200; cut += 61)
        {
            for (int step = 0; step < 3; step++)
            {
                var storage = new FakeStorage { Torn = (Torn)torn, CutAt = cut };
                (ImagingEyes eyes, SiteMemory memory) = Begin(storage, 0);
                for (int day = 0; day < 4; day++)
                {
                    Hear(eyes, day);
                    memory.Look(Hour + 24 * day * Hour);
                }

                // Twice in a row, with a restart between.
                for (int again = 4; again < 6; again++)
                {
                    Hear(eyes, again);
                    storage.StepsLeft = step;
                    try
                    {
                        memory.Look(1000 * Hour);
                    }
                    catch (PowerCutException)
                    {
                    }

                    storage = new FakeStorage { Files = storage.Files, Torn = (Torn)torn, CutAt = cut };
                    (eyes, memory) = Begin(storage, 0);
                    Assert.IsTrue(Enumerable.Range(0, 4).All(host => eyes.Arrivals.Known.Has(Host + host)),
                        $"cut at {cut}, step {step}, time {again}");
                }
            }
        }
    }

    [TestMethod]
    public void ARottenEntryIsNotBelieved()
    {
        var storage = new FakeStorage();
        (ImagingEyes eyes, SiteMemory memory) = Begin(storage, 0);
        Hear(eyes, 1);
        memory.Look(Hour);
        string file = storage.Files.Keys.Single();
        int missed = 0;
        for (int at = 0; at < storage.Files[file].Length; at++)
        {
            byte[] rotten = [.. storage.Files[file]];
            rotten[at] ^= 0x10;
            (ImagingEyes again, _) = Begin(new FakeStorage { Files = new() { [file] = rotten } }, 0);
            missed += again.Arrivals.Known.Has(Host + 1) ? 1 : 0;
        }

        Assert.AreEqual(0, missed);
    }

    [TestMethod]
    public void WhatWasLearnedOfAnotherNetworkIsNothing()
    {
        var storage = new FakeStorage();
        (ImagingEyes eyes, SiteMemory memory) = Begin(storage, 0);
        Hear(eyes, 1);
        eyes.Arrivals.Hours = 200;
        memory.Look(Hour);
        var box = new Box(storage);
        byte[] octets = TableCompiler.CompileText([("rules", "")], ("site", "[site]\nname = \"other\"\nhome = [\"192.0.2.0/24\"]\n"),
            new CompileOptions { AllowEmpty = true }).Table!;
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));
        box.Program.Imaging!.UseTable(table);
        Assert.AreNotEqual(eyes.HomeMark, box.Program.Imaging.HomeMark);
        new SiteMemory(storage, box.Program.Imaging).Start(0);
        Assert.AreEqual(0, box.Program.Imaging.Arrivals.Hours);
        Assert.IsFalse(box.Program.Imaging.Arrivals.Known.Has(Host + 1));
    }

    [TestMethod]
    public void AStorageThatTakesNothingIsToldAndTriedAgain()
    {
        var box = new Box();
        box.Start().Run(3);
        box.Storage.IsFull = true;
        box.Clock.Micros += Hour;
        box.Run(3);
        Assert.Contains("failing", box.States("storage"));
        box.Storage.IsFull = false;
        box.Clock.Micros += Hour;
        box.Run(3);
        CollectionAssert.AreEqual(new[] { "failing", "well" }, box.States("storage"));
        Assert.IsTrue(box.Storage.Files.ContainsKey("hosts0.tap"));
    }

    [TestMethod]
    public void ABoxWithoutEyesKeepsNothing()
    {
        var box = new Box(change: settings => settings.HasImaging = false);
        box.Start();
        box.Clock.Micros += 2 * Hour;
        box.Run(3);
        Assert.IsFalse(box.Storage.Files.Keys.Any(file => file.StartsWith("hosts", StringComparison.Ordinal)));
    }

    private static (ImagingEyes Eyes, SiteMemory Memory) Begin(FakeStorage storage, long now)
    {
        ImagingEyes eyes = new Box().Program.Imaging!;
        var memory = new SiteMemory(storage, eyes);
        memory.Start(now);
        return (eyes, memory);
    }

    private static void Hear(ImagingEyes eyes, int host) => Assert.AreNotEqual(KnownHosts.NoRoom, eyes.Arrivals.Known.Hear(Host + host, 3));
}
