using System;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.Sensor.Memories;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class HostsTests
{
    private const int Week = Limits.StoryEnd;

    [TestMethod]
    public void AHomeOf4096AddressesIsExact()
    {
        Hosts hosts = HostsOf("10.0.0.0/20");
        Assert.IsTrue(hosts.IsExact);
        for (int i = 0; i < 4096; i += 3)
        {
            hosts.Hear(hosts.BitOf(i));
            hosts.Hear(hosts.BitOf(i));
        }

        Assert.AreEqual(1366, hosts.Heard);
        for (int i = 0; i < 4096; i++)
        {
            Assert.AreEqual(i % 3 == 0, hosts.Lives(hosts.BitOf(i)), $"host {i}");
        }
    }

    [TestMethod]
    public void ALargerHomeSharesBitsAndLosesNoLivingHost()
    {
        Hosts hosts = HostsOf("10.0.0.0/8");
        Assert.IsFalse(hosts.IsExact);
        var random = new Random(11);
        int[] living = [.. Enumerable.Range(0, 500).Select(_ => random.Next(1 << 23))];
        foreach (int host in living)
        {
            hosts.Hear(hosts.BitOf(host));
        }

        Assert.IsTrue(living.All(host => hosts.Lives(hosts.BitOf(host))));

        // 500 living hosts: a dark one passes for a living one once in eight.
        int mistaken = Enumerable.Range(1 << 23, 20_000).Count(host => hosts.Lives(hosts.BitOf(host)));
        Assert.IsTrue(mistaken is > 20_000 / 12 and < 20_000 / 7, $"{mistaken} of 20000");
    }

    [TestMethod]
    public void Ipv6HasBitsOfItsOwn()
    {
        Hosts hosts = HostsOf("10.0.0.0/20");
        var random = new Random(12);
        for (int i = 0; i < 10_000; i++)
        {
            hosts.Hear(hosts.BitOf6(random.Next(int.MinValue, int.MaxValue)));
        }

        Assert.IsTrue(Enumerable.Range(0, 4096).All(host => !hosts.Lives(hosts.BitOf(host))));
        Assert.IsTrue(hosts.Heard is > Limits.LivingBitsV6 / 2 and <= Limits.LivingBitsV6);
    }

    [TestMethod]
    public void AHostIsDarkAgainAfterTwoWeeksOfSilence()
    {
        Hosts hosts = HostsOf("10.0.0.0/24");
        hosts.Hear(hosts.BitOf(7));
        hosts.Age(Week - 1);
        Assert.AreEqual(1, hosts.Heard);
        hosts.Age(Week);
        Assert.AreEqual(0, hosts.Heard);
        Assert.IsTrue(hosts.Lives(hosts.BitOf(7)));
        hosts.Hear(hosts.BitOf(8));
        Assert.IsTrue(hosts.CanTellDark(Week), "both generations are heard hosts");
        hosts.Age(2 * Week);
        Assert.IsFalse(hosts.Lives(hosts.BitOf(7)));
        Assert.IsTrue(hosts.Lives(hosts.BitOf(8)));
    }

    [TestMethod]
    public void OnAnIdleNetworkOrJustAfterStartNobodyIsDark()
    {
        Hosts hosts = HostsOf("10.0.0.0/24");
        hosts.Hear(hosts.BitOf(1));
        Assert.IsFalse(hosts.CanTellDark(Limits.Day), "one host alone");
        hosts.Hear(hosts.BitOf(2));
        Assert.IsFalse(hosts.CanTellDark(Limits.UptimeForDark - 1));
        Assert.IsTrue(hosts.CanTellDark(Limits.UptimeForDark));
    }

    [TestMethod]
    public void ListeningBeginsWithTheTapAndNotWithTheClock()
    {
        Hosts hosts = HostsOf("10.0.0.0/24");
        hosts.Since = Limits.Day;
        hosts.Hear(hosts.BitOf(1));
        hosts.Hear(hosts.BitOf(2));
        Assert.IsFalse(hosts.CanTellDark(Limits.Day + Limits.UptimeForDark - 1));
        Assert.IsTrue(hosts.CanTellDark(Limits.Day + Limits.UptimeForDark));
    }

    [TestMethod]
    public void ACounterThatTurnsOverDoesNotMakeTheTapNewAgain()
    {
        Hosts hosts = HostsOf("10.0.0.0/24");
        hosts.Hear(hosts.BitOf(1));
        hosts.Hear(hosts.BitOf(2));
        hosts.Age(Limits.UptimeForDark);
        Assert.IsTrue(hosts.CanTellDark(int.MinValue), "after 249 days");
        Assert.IsTrue(hosts.CanTellDark(-1), "after 497 days");
    }

    [TestMethod]
    public void AnotherHomeForgetsAndTheSameDoesNot()
    {
        Hosts hosts = HostsOf("10.0.0.0/24");
        hosts.Hear(hosts.BitOf(1));
        hosts.UseHome(TableOf("10.0.0.0/24").HomeSize, true);
        Assert.IsTrue(hosts.Lives(hosts.BitOf(1)));
        hosts.UseHome(TableOf("10.9.0.0/24").HomeSize, false);
        Assert.IsFalse(hosts.Lives(hosts.BitOf(1)));
        Assert.AreEqual(0, hosts.Heard);
    }

    private static Hosts HostsOf(string home)
    {
        var hosts = new Hosts(new KeyedHash(3));
        hosts.UseHome(TableOf(home).HomeSize, false);
        return hosts;
    }

    private static SignatureTable TableOf(string home)
    {
        CompiledTable compiled = TableCompiler.CompileText(
            [("t.rules", "alert tcp any any -> any 1 ( msg:\"one\"; flags:S; sid:1; )")], ("site.toml",
                $"[site]\nhome = [\"{home}\"]\n"));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table;
    }
}
