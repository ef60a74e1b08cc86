using System.Linq;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a suspicion is a walk: three suspect targets, or outcomes of first contacts that no client has.</summary>
[TestClass]
public sealed class WalkThresholdTests
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private const int Arp = 256;
    private const int Here = 0x0a000001;

    private readonly Suspicions _suspicions;
    private readonly Hosts _hosts;
    private readonly SiteView _site;
    private readonly WalkThreshold _threshold;
    private readonly int _at;
    private int _next = 10;

    public WalkThresholdTests()
    {
        var hash = new KeyedHash(1);
        _suspicions = new Suspicions(hash);
        _hosts = new Hosts(hash);
        _site = new SiteView(new SignatureTable(), hash, _hosts);
        _threshold = new WalkThreshold(_suspicions, _site);
        _at = _suspicions.Add(77, 1, 0, -1);
    }

    [TestMethod]
    public void ThreeSuspectTargetsAreAWalk()
    {
        Write(Outcome.Answered, isSuspect: true);
        Write(Outcome.Answered, isSuspect: true);
        Assert.IsFalse(IsWalk());
        Write(Outcome.Answered, isSuspect: true);
        Assert.IsTrue(IsWalk());
    }

    [TestMethod]
    [DataRow("SSSSSSS", false)]
    [DataRow("SSSSSSSS", true)]
    [DataRow("RRRRRRRR", true, DisplayName = "refusals are failures")]
    [DataRow("DDDDDDDD", true, DisplayName = "dark hosts are failures")]
    [DataRow("SSSSSSSOS", false, DisplayName = "what was talked with is a success")]
    [DataRow("SSSSSSSOSS", true)]
    [DataRow("OOSSSSSSSS", false)]
    [DataRow("OOSSSSSSSSSS", true)]
    [DataRow("SSSSSSSA", false, DisplayName = "accepted and not talked with says nothing")]
    [DataRow("ASASASASASASASAS", true)]
    [DataRow("SSSSSSSU", false, DisplayName = "nor does what was forgotten")]
    public void EightFailuresMoreThanSuccessesAreAWalk(string outcomes, bool isWalk)
    {
        foreach (char outcome in outcomes)
        {
            Write(OutcomeOf(outcome));
        }

        Assert.AreEqual(isWalk, IsWalk());
    }

    [TestMethod]
    [DataRow(14, false)]
    [DataRow(15, true)]
    public void OutwardsItTakesFifteen(int failures, bool isWalk)
    {
        for (int i = 0; i < failures; i++)
        {
            Write(Outcome.Silent, livingBit: -1);
        }

        Assert.AreEqual(isWalk, _threshold.IsWalk(_at, Attempt(Outcome.Silent, livingBit: -1)));
    }

    [TestMethod]
    public void OutwardsAnAnswerTakesFourBack()
    {
        for (int i = 0; i < 14; i++)
        {
            Write(Outcome.Silent, Udp, livingBit: -1);
        }

        Write(Outcome.Answered, Udp, livingBit: -1);
        for (int i = 0; i < 4; i++)
        {
            Write(Outcome.Silent, Udp, livingBit: -1);
        }

        Assert.IsFalse(_threshold.IsWalk(_at, Attempt(Outcome.Silent, Udp, livingBit: -1)));
        Write(Outcome.Silent, Udp, livingBit: -1);
        Assert.IsTrue(_threshold.IsWalk(_at, Attempt(Outcome.Silent, Udp, livingBit: -1)));
    }

    [TestMethod]
    public void ADatagramThatIsAnsweredIsASuccess()
    {
        Write(Outcome.Answered, Udp);
        Fail(8, Udp);
        Assert.IsFalse(IsWalk(Udp));
        Fail(1, Udp);
        Assert.IsTrue(IsWalk(Udp));
    }

    [TestMethod]
    public void ARetryIsNoFirstContact()
    {
        Fail(7);
        Probe retry = Attempt(Outcome.Silent);
        retry.Number = (_suspicions.Cells[_at + Suspicions.Target + 6] >> 16) & 0xffff;
        _threshold.Write(_at, retry, true);
        Assert.IsFalse(IsWalk());
        Probe known = Attempt(Outcome.Silent);
        known.Contacts = 0;
        _threshold.Write(_at, known, true);
        Assert.IsFalse(IsWalk(), "nor is a host that the actor knows");
        Fail(1);
        Assert.IsTrue(IsWalk());
    }

    [TestMethod]
    public void EachNewPortOfAHostIsAFirstContact()
    {
        for (int port = 1; port <= 8; port++)
        {
            Assert.IsFalse(IsWalk());
            _threshold.Write(_at, OfPort(port, 1), false);
        }

        Assert.IsTrue(IsWalk());
    }

    [TestMethod]
    public void PortsThatTheActorUsedBeforeAreNone()
    {
        for (int port = 1; port <= 40; port++)
        {
            _threshold.Write(_at, OfPort(port, 0), false);
        }

        Assert.IsFalse(IsWalk(), "a server that starts anew refuses its clients at all its ports");
    }

    [TestMethod]
    [DataRow(Tcp, true, Outcome.Silent, false, DisplayName = "a host that was here this week and is off")]
    [DataRow(Tcp, true, Outcome.Refused, true, DisplayName = "but it does not refuse while it is off")]
    [DataRow(Tcp, false, Outcome.Silent, false, DisplayName = "at none of its ports")]
    [DataRow(Udp, false, Outcome.Silent, true, DisplayName = "but eight ports are asked by datagram for no good")]
    [DataRow(Udp, true, Outcome.Silent, false, DisplayName = "one port of eight hosts may be")]
    public void WhatIsExcusedIsNotCounted(int protocol, bool byPort, int outcome, bool isWalk)
    {
        for (int i = 0; i < 8; i++)
        {
            Probe probe = Attempt(outcome, protocol);
            probe.IsExcused = true;
            probe.Port = i;
            _threshold.Write(_at, probe, byPort);
        }

        Assert.AreEqual(isWalk, IsWalk(protocol));
    }

    [TestMethod]
    public void WhoHasNeedsTwentyFourWhereNoReplyWasEverSeen()
    {
        Fail(23, Arp);
        Assert.IsFalse(IsWalk(Arp));
        Fail(1, Arp);
        Assert.IsTrue(IsWalk(Arp));
    }

    [TestMethod]
    public void WhereRepliesReachTheTapTheirAbsenceMeansSomething()
    {
        _threshold.SeeArpReply();
        Fail(7, Arp);
        Assert.IsFalse(IsWalk(Arp));
        Fail(1, Arp);
        Assert.IsTrue(IsWalk(Arp));
    }

    [TestMethod]
    public void AnAnnouncementThatIsAnsweredIsNone()
    {
        _threshold.SeeArpReply();
        for (int i = 0; i < 8; i++)
        {
            Probe probe = Attempt(Outcome.Answered, Arp);
            probe.Port = Probe.Announcement;
            _threshold.Write(_at, probe, true);
        }

        Assert.IsTrue(IsWalk(Arp));
    }

    [TestMethod]
    public void ALateAnswerTakesTwoStepsBack()
    {
        Fail(8);
        _threshold.TakeBack(_at);
        Fail(1);
        Assert.IsFalse(IsWalk());
        Fail(1);
        Assert.IsTrue(IsWalk());
    }

    [TestMethod]
    public void NoNumberOfLateAnswersTakesTheWalkBelowItsBottom()
    {
        for (int i = 0; i < 90; i++)
        {
            _threshold.TakeBack(_at);
        }

        Fail(11);
        Assert.IsFalse(IsWalk());
        Fail(1);
        Assert.IsTrue(IsWalk());
    }

    [TestMethod]
    public void WhoWasDarkAndLivesNowIsForgotten()
    {
        _site.Table = Compile();
        _hosts.UseHome(256, false);
        for (int i = 0; i < 8; i++)
        {
            Write(i is 2 or 5 ? Outcome.Silent : Outcome.Dark);
        }

        // The fourth of them was woken up.
        int woken = new Probe().AddressOf((_suspicions.Cells[_at + Suspicions.Target + 3] >> 16) & 0xffff, Here);
        _hosts.Hear(_site.LivingBitOf(woken));
        Assert.IsFalse(IsWalk());
        int[] cells = _suspicions.Cells;
        Assert.AreEqual(7, cells[_at + Suspicions.Targets]);
        Assert.AreEqual(7, cells[_at + Suspicions.Counts]);
        Assert.AreEqual(0b1101_011, (cells[_at + Suspicions.Cover] >> 24) & 255,
            "the third and the fifth that are left were silent, not dark");
        Assert.AreEqual(0x1111111, cells[_at + Suspicions.AttemptsEach]);
        int[] numbers = [.. Enumerable.Range(0, 7).Select(i => (cells[_at + Suspicions.Target + i] >> 16) & 255)];
        int first = numbers[0];
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 4, 5, 6, 7 }, numbers.Select(number => (number - first) & 255).ToArray());
        Fail(1);
        Assert.IsTrue(IsWalk(), "eight that did not wake up are enough again");
    }

    [TestMethod]
    public void OfMoreThanAreListedOnlyWhoWokeUpIsForgotten()
    {
        _site.Table = Compile();
        _hosts.UseHome(256, false);
        for (int i = 0; i < 30; i++)
        {
            Write(i < 2 ? Outcome.Dark : Outcome.Silent, Arp);
        }

        int[] cells = _suspicions.Cells;
        int beyond = cells[_at + Suspicions.Beyond];
        _hosts.Hear(_site.LivingBitOf(new Probe().AddressOf((cells[_at + Suspicions.Target + 1] >> 16) & 0xffff, Here)));
        Assert.IsTrue(IsWalk(Arp));
        Assert.AreEqual(29, cells[_at + Suspicions.Targets]);
        Assert.AreEqual(29, cells[_at + Suspicions.Counts]);
        Assert.AreEqual(1, (cells[_at + Suspicions.Cover] >> 24) & 255, "the first is dark still");
        Assert.AreEqual(beyond, cells[_at + Suspicions.Beyond]);
        Fail(1, Arp);
        Assert.AreEqual(30, cells[_at + Suspicions.Targets]);
    }

    private static int OutcomeOf(char letter) => letter switch
    {
        'S' => Outcome.Silent,
        'D' => Outcome.Dark,
        'R' => Outcome.Refused,
        'A' => Outcome.Answered,
        'O' => Outcome.Open,
        _ => Outcome.Unknown,
    };

    private static SignatureTable Compile()
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "")], ("site.toml", "[site]\nhome = [\"10.0.0.0/24\"]\n"),
            new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        table.FindLargestHome();
        return table;
    }

    private bool IsWalk(int protocol = Tcp) => _threshold.IsWalk(_at, Attempt(Outcome.Silent, protocol));

    private void Fail(int times, int protocol = Tcp)
    {
        for (int i = 0; i < times; i++)
        {
            Write(Outcome.Silent, protocol);
        }
    }

    // An attempt at the next host.
    private void Write(int outcome, int protocol = Tcp, bool isSuspect = false, int livingBit = 1)
    {
        Probe probe = Attempt(outcome, protocol, livingBit);
        probe.IsSuspect = isSuspect;
        _threshold.Write(_at, probe, true);
    }

    private static Probe OfPort(int port, int contacts) =>
        new() { Version = 4, Protocol = Tcp, Target = Here, Port = port, Signature = -1, Contacts = contacts };

    private Probe Attempt(int outcome, int protocol = Tcp, int livingBit = 1) => new()
    {
        Version = 4,
        Actor = 1,
        Target = Here + _next,
        Number = new Probe().NumberOf(Here + _next++),
        Protocol = protocol,
        Port = protocol == Arp ? 0 : 104,
        Flags = protocol == Tcp ? 2 : 0,
        Signature = -1,
        Expected = -1,
        LivingBit = livingBit,
        Contacts = 1,
        Outcome = outcome,
    };
}
