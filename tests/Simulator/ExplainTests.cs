using System;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Capture = Appliance.Traffic.Capture;

namespace Appliance.Simulator.Tests;

/// <summary>tapsim explain: why an actor was told, or why not, with each limit and its value.</summary>
[TestClass]
public sealed class ExplainTests
{
    private const string Station = "10.20.0.77";
    private const string Outsider = "203.0.113.66";

    private static readonly long Start = Capture.Utc(2026, 3, 2, "09:00:00");
    private static readonly Hospital Home = new("10.20.0.");

    [TestMethod]
    public void ASweepOneShortIsNotToldAndSaysWhatWasMissing()
    {
        TapsimRun run = Explain(Sweep(7), Station).Expect(0);
        StringAssert.Contains(run.Output, "NOT TOLD: no incident has it as its actor.");
        StringAssert.Contains(run.Output, "tcp/445: 7 attempts at 7 hosts: 7 refused.");
        StringAssert.Contains(run.Output, "The walk over outcomes stands at 7 of 8: 1 more failed first contact");
        StringAssert.Contains(run.Output, "tcp/445 over hosts: 6 -> 7 hosts, walk 6 -> 7 of 8");
    }

    [TestMethod]
    public void WhoNeverSpokeIsCalledAsTheLineCallsHim()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int host = 0; host < 20; host++)
        {
            capture.Add(Start + (host * 50_000), talk.Syn(Station, 40_000 + host, $"10.20.0.{200 + host}", 445, talk.NextSequence()));
        }

        using var folder = new TemporaryFolder();
        string file = folder.Write("scan.pcap", capture);
        string closing = TapsimRun.Run("replay", file, "--alerts", "-").Expect(0).Lines[^1];
        StringAssert.Contains(closing, " silent=\"20\"");
        TapsimRun run = TapsimRun.Run("explain", file, "--src", Station).Expect(0);
        StringAssert.Contains(run.Output, " hosts: ");
        StringAssert.Contains(run.Output, " silent.");
        Assert.DoesNotContain(" dark", run.Output);
    }

    [TestMethod]
    [DataRow(24, 0, "")]
    [DataRow(40, 2, "ends in the middle of packet 1")]
    [DataRow(10, 2, "ends within the pcap file header")]
    public void WhereNothingWasReadNothingIsSaidOfTheActor(int octets, int code, string problem)
    {
        using var folder = new TemporaryFolder();
        string whole = folder.Write("whole.pcap", Sweep(2));
        string cut = folder.Write("cut.pcap", System.IO.File.ReadAllBytes(whole)[..octets]);
        TapsimRun run = TapsimRun.Run("explain", cut, "--src", Station).Expect(code);
        Assert.AreEqual($"{Station}: no frame was seen, so that nothing can be said of it\n", run.Output);
        StringAssert.Contains(run.Errors, problem);
        StringAssert.EndsWith(run.Errors, "tapsim: nothing was read\n");
        TapsimRun replayed = TapsimRun.Run("replay", cut).Expect(code);
        StringAssert.EndsWith(replayed.Errors, "tapsim: nothing was read\n");
    }

    [TestMethod]
    public void TheEighthIsToldAndSaysWhichTestWasMet()
    {
        TapsimRun run = Explain(Sweep(8), Station).Expect(0);
        StringAssert.Contains(run.Output, "#1 sweep, ");
        StringAssert.Contains(run.Output, "tcp/445 over hosts: walk 8 of 8 is enough; part of incident #1");
        Assert.IsFalse(run.Output.Contains("NOT TOLD", StringComparison.Ordinal));
    }

    [TestMethod]
    public void TheStepsAreThoseOfTheReplayAndItsIncidentToo()
    {
        using var folder = new TemporaryFolder();
        string capture = folder.Write("capture.pcap", Sweep(12));
        string site = Site(folder);
        TapsimRun told = TapsimRun.Run("explain", capture, "--src", Station, "--site", site).Expect(0);
        TapsimRun replayed = TapsimRun.Run("replay", capture, "--site", site, "--alerts", "-").Expect(0);
        string closing = replayed.Lines.Last(l => l.Contains("state=\"closed\"", StringComparison.Ordinal));
        string words = closing[(closing.LastIndexOf(']') + 2)..];
        StringAssert.Contains(told.Output, words, "the incident is told in other words than replay tells it");
        StringAssert.Contains(told.Output, "4 further attempts joined the incident at once");
    }

    [TestMethod]
    public void APollerIsKnownAfterItsFirstDay()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int day = 0; day < 3; day++)
        {
            for (int host = 0; host < 6; host++)
            {
                talk.Refused(Start + (day * Capture.Day) + (host * Capture.Second), Station, 40_000 + (day * 10) + host,
                    Home.Modalities[host], 161);
            }
        }

        TapsimRun run = Explain(capture, Station).Expect(0);
        StringAssert.Contains(run.Output, "NOT TOLD");
        StringAssert.Contains(run.Output, "tcp/161: 18 attempts at 6 hosts: 18 refused.");
        StringAssert.Contains(run.Output, "6 first contacts; 12 asked hosts that it had asked before, which says nothing of it.");
        StringAssert.Contains(run.Output, "stands at 6 of 8: 2 more failed first contacts");
    }

    [TestMethod]
    public void AStoryThatIsOverBeginsAnewAndAnAckScanIsWeighedByItsResets()
    {
        // Acknowledgements of no connection to three hosts, and four days later to two more; each is reset.
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        for (int host = 0; host < 5; host++)
        {
            long time = Start + (host * Capture.Second) + (host < 3 ? 0 : 4 * Capture.Day);
            capture.Add(time, talk.Between(Outsider, Home.Modalities[host]).Tcp(40_000, 4242, "A", 77, 99));
            capture.Add(time + 200, talk.Between(Home.Modalities[host], Outsider).Tcp(4242, 40_000, "R", 99));
        }

        TapsimRun run = Explain(capture, Outsider).Expect(0);
        StringAssert.Contains(run.Output, "tcp/4242 over hosts: 2 -> 3 hosts, walk 2 -> 3 of 8");
        StringAssert.Contains(run.Output,
            "tcp/4242 over hosts: begun anew, since after 4 days of silence the story was over (1 host, walk 1 of 8)");
        StringAssert.Contains(run.Output, "tcp/4242 over hosts, known by refusals alone: 2 hosts. The walk over outcomes stands at 2 of 8: "
            + "6 more failed first contacts, with no answer between, would have been told as a sweep.");
    }

    [TestMethod]
    public void WhatWasPushedOutSaysByWhom()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        talk.Refused(Start, Station, 40_000, Home.Modalities[0], 445);
        talk.Refused(Start + Capture.Second, Station, 40_001, Home.Modalities[1], 445);
        for (int other = 0; other < 400; other++)
        {
            // Others who fail twice each, at three hosts, are larger stories of the same set sooner or later.
            string source = $"198.51.{other / 200}.{(other % 200) + 1}";
            for (int host = 0; host < 3; host++)
            {
                talk.Refused(Start + Capture.Minute + (((other * 3) + host) * 200_000L), source, 41_000 + host, Home.Modalities[host
                    + 2], 5_000 + other);
            }
        }

        TapsimRun run = Explain(capture, Station).Expect(0);
        StringAssert.Contains(run.Output, "NOT TOLD");
        StringAssert.Contains(run.Output, "forgotten: tcp/445 over hosts, pushed out by a newer suspicion, of 198.51.");
        StringAssert.Contains(run.Output, "No suspicion of it is left; the story says what ended it.");
    }

    [TestMethod]
    public void ATrojanInUseSaysThatOneConversationIsEnough()
    {
        var capture = new Capture();
        new Talk(Home.Lan, capture) { DistantTtl = 51 }.Connection(Start, Outsider, 31_007, Home.Modalities[5], 12345, exchanges: 5);
        TapsimRun run = Explain(capture, Outsider).Expect(0);
        StringAssert.Contains(run.Output, "#1 suspect-service, ");
        StringAssert.Contains(run.Output, "conversations on tcp/12345: one conversation, which is enough; part of incident #1");
    }

    [TestMethod]
    public void OneFailureWaitsForASecond()
    {
        TapsimRun run = Explain(Sweep(1), Station).Expect(0);
        StringAssert.Contains(run.Output, "its first failure: it waits for a second one");
        StringAssert.Contains(run.Output, "One failure alone raises no suspicion: it waits 3 days for a second of this actor.");
    }

    [TestMethod]
    public void OnlyWhatConcernsTheTargetIsTold()
    {
        TapsimRun run = Explain(Sweep(7), Station, "--dst", Home.Modalities[2]).Expect(0);
        StringAssert.Contains(run.Output, $"frame 5: tcp/445 of {Home.Modalities[2]}: refused");
        Assert.IsFalse(run.Output.Contains($"of {Home.Modalities[3]}: refused", StringComparison.Ordinal));
    }

    [TestMethod]
    public void WhoNeverAskedIsSaidToHaveAskedNobody()
    {
        TapsimRun run = Explain(Sweep(3), Home.Modalities[1]).Expect(0);
        StringAssert.Contains(run.Output, "It asked nobody: its 1 frames answer others");
        StringAssert.Contains(Explain(Sweep(3), "192.0.2.9").Expect(0).Output, "No frame is from it or to it.");
    }

    [TestMethod]
    [DataRow("10.20.0")]
    [DataRow("host")]
    [DataRow("1:2:3")]
    public void WhatIsNoAddressIsRefused(string address)
    {
        TapsimRun run = TapsimRun.Run("explain", TapsimRun.Detect(9), "--src", address).Expect(1);
        StringAssert.Contains(run.Errors, $"--src: '{address}' is no IPv4, IPv6 or MAC address");
    }

    [TestMethod]
    public void TheTenDetectsActorIsTold()
    {
        TapsimRun run = TapsimRun.Run("explain", TapsimRun.Detect(9), "--src", "209.235.11.254").Expect(0);
        StringAssert.Contains(run.Output, "#1 sweep, low (2 of 5): BackOrifice 5556 sweep of 128.231.212.0/23 by 209.235.11.254: 40 hosts");
        StringAssert.Contains(run.Output, "suspect 3 of 3 is enough");
    }

    [TestMethod]
    [DataRow("imaging/dicom-brute.pcap", "10.20.30.99", "#1 dicom-guess, high (4 of 5): ")]
    [DataRow("detect01.pcap", "24.24.100.172", "#1 distributed-probe, ")]
    public void WhomALineNamesAsItsSourceIsTold(string capture, string source, string told)
    {
        TapsimRun run = TapsimRun.Run("explain", Repository.PathOf("tests", "captures", capture), "--src", source).Expect(0);
        StringAssert.Contains(run.Output, "\nTOLD\n  " + told);
        Assert.DoesNotContain("NOT TOLD", run.Output);
    }

    [TestMethod]
    [DataRow("detect01.pcap", "24.24.100.172", "24.3.21.199: 7 of 3 actors on suspect ports that it does not serve (distributed-probe); "
        + "part of incident #1.")]
    [DataRow("detect07.pcap", "212.108.4.178", "answers of its /24 that nobody asked for: 3 of 3 home hosts (inverse-map); part of "
        + "incident #1.")]
    [DataRow("detect08.pcap", "128.231.213.4", "Broadcasts of udp/1600 to 128.231.212.0: 5 of 5 at one period of 2 minutes (2 % apart at "
        + "most) were enough; "
        + "part of incident #1.")]
    [DataRow("imaging/dicom-brute.pcap", "10.20.30.99",
        "10.20.30.112 tcp/11112: 4 of 3 distinct called titles rejected, 4 rejections, 1 accepted (dicom-guess; "
        + "3 rejections of each title are a wrong setting instead); part of incident #1.")]
    public void EachTestThatWeighsNoOutcomesSaysItsLimit(string capture, string source, string said)
    {
        TapsimRun run = TapsimRun.Run("explain", Repository.PathOf("tests", "captures", capture), "--src", source).Expect(0);
        StringAssert.Contains(run.Output, said);
    }

    [TestMethod]
    public void ABroadcastShortOfItsLimitSaysWhatWasMissing()
    {
        var capture = new Capture();
        for (int beat = 0; beat < 4; beat++)
        {
            new Talk(Home.Lan, capture).Datagrams(Start + (beat * 30 * Capture.Second), Station, 33001, "255.255.255.255", 33001,
                new byte[4], null);
        }

        TapsimRun run = Explain(capture, Station).Expect(0);
        StringAssert.Contains(run.Output, "NOT TOLD");
        StringAssert.Contains(run.Output, "Broadcasts of udp/33001 to 255.255.255.255: 4 of 5 at one period of 30 s (2 % apart at most) "
            + "in a row (broadcast).");
    }

    [TestMethod]
    public void WhatItsNetworkDidIsNotToldOfAHostThatSentNothing()
    {
        TapsimRun run = TapsimRun.Run("explain", TapsimRun.Detect(7), "--src", "212.108.4.133").Expect(0);
        StringAssert.Contains(run.Output, "NOT TOLD: no incident has it as its actor.\n  No frame is from it or to it.");
        Assert.DoesNotContain("inverse-map", run.Output);
    }

    [TestMethod]
    public void AScanThatOnlyItsAnswersShowIsExplainedToo()
    {
        TapsimRun run = TapsimRun.Run("explain", Repository.PathOf("tests", "captures", "scanners", "nmap-sA.pcap"), "--src", Outsider)
            .Expect(0);
        StringAssert.Contains(run.Output, "#1 port-scan, ");
        StringAssert.Contains(run.Output, ": an answer to it\n      suspected from now on: tcp/3389 over hosts (1 host, walk 1 of 8)\n"
            + "      suspected from now on: ports of 10.20.30.112 (1 port, walk 1 of 8)\n");
        StringAssert.Contains(run.Output, "ports of 10.20.30.112: walk 8 of 8 is enough; part of incident #1");
        Assert.IsFalse(run.Output.Contains("asked nobody", StringComparison.Ordinal));
    }

    [TestMethod]
    public void WhatSixtyPortsHaveInCommonIsSaidOnce()
    {
        TapsimRun run = TapsimRun.Run("explain", Repository.PathOf("tests", "captures", "scanners", "nmap-6-sS.pcap"), "--src",
            "2001:db8:bad::66").Expect(0);
        StringAssert.Contains(run.Output, "ports of 2001:db8:20::112: ");
        StringAssert.Matches(run.Output, new Regex(@"tcp/\d+, .* and \d+ more, each: 1 attempt at 1 host: 1 refused\."));
    }

    [TestMethod]
    public void AFailureThatWaitsMakesNoSecondFirstContact()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        talk.Refused(Start, Station, 40_000, Home.Modalities[0], 445);
        talk.Refused(Start + (10 * Capture.Second), Station, 40_001, Home.Modalities[0], 445);
        TapsimRun run = Explain(capture, Station).Expect(0);
        StringAssert.Contains(run.Output, "1 first contact; 1 asked hosts that it had asked before");
        StringAssert.Contains(run.Output, "stands at 1 of 8");
    }

    private static Capture Sweep(int hosts)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int i = 0; i < hosts; i++)
        {
            talk.Refused(Start + (i * 10 * Capture.Second), Station, 40_000 + (i * 7 % 11), Home.Modalities[i], 445);
        }

        return capture;
    }

    /// <summary>A station whose broadcasts have the source 0.0.0.0 is told by that address, and asked for by its own.</summary>
    [TestMethod]
    public void BroadcastsWithoutAnAddressAreToldOfTheirStation()
    {
        byte[] frame = Convert.FromHexString("ffffffffffff0011223344550800450000240001000040117acb00000000ffffffff"
            + "0fa00640001000006865" + "6c6c6f31323300000000000000000000");
        var capture = new Capture();
        for (int i = 0; i < 30; i++)
        {
            capture.Add(Start + (i * Capture.Minute), frame);
        }

        TapsimRun run = Explain(capture, "00-11-22-33-44-55").Expect(0);
        StringAssert.Contains(run.Output, "TOLD\n  #1 broadcast, ");
        StringAssert.Contains(run.Output, "were enough; part of incident #1.");
        Assert.DoesNotContain("NOT TOLD", run.Output);
        Assert.DoesNotContain("concerns this network", run.Output);
    }

    [TestMethod]
    public void WhoAsksForTheOwnersOfAddressesBeforeItHasOneIsNotSaidToAskNobody()
    {
        var capture = new Capture();
        for (int i = 0; i < 40; i++)
        {
            string last = i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
            capture.Add(Start + (i * Capture.Second / 10), Convert.FromHexString($"3333ff0001{last}00112233445586dd6000000000183aff"
                + new string('0', 32) + $"ff0200000000000000000001ff0001{last}" + "8700000000000000" + $"fe8000000000000000000000000001{last}"));
        }

        TapsimRun run = Explain(capture, "00:11:22:33:44:55").Expect(0);
        StringAssert.Contains(run.Output, "40 frames from it (40 ask for something,");
        StringAssert.Contains(run.Output, "It asked only whether somebody has the address that it is about to take (40 neighbour solicitations "
            + "from ::), which the sensor passes over.");
    }

    private static TapsimRun Explain(Capture capture, string source, params string[] more)
    {
        using var folder = new TemporaryFolder();
        return TapsimRun.Run(["explain", folder.Write("capture.pcap", capture), "--src", source, "--site", Site(folder), .. more]);
    }

    private static string Site(TemporaryFolder folder) => folder.Write("site.toml",
        "[site]\nname = \"ward\"\nhome = [\"10.20.0.0/24\"]\n[collector]\naddress = \"udp://192.0.2.10:514\"\n"u8.ToArray());
}
