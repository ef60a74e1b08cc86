using System;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Who guesses called titles, and who has a wrong one set.</summary>
[TestClass]
public sealed class GuessTests
{
    private const string Guesser = "10.20.30.99";

    [TestMethod]
    public void StoriesThatEndAtOnceAreClosedOneATurn()
    {
        var ward = new Ward();
        for (int title = 0; title < 8; title++)
        {
            for (int client = 0; client < 5; client++)
            {
                ward.Reject($"203.0.113.{50 + client}", Ward.Pacs, $"GUESS{title}", "ECHOSCU");
            }
        }

        Assert.AreEqual(5, ward.Of("dicom-guess").Select(line =>
            line[line.IndexOf(" id=", StringComparison.Ordinal)..].Split('"')[1]).Distinct().Count());
        ward.Wait(TimeSpan.FromMinutes(59));
        int before = ward.Lines.Count;
        int closed = 0;
        for (int second = 0; second < 120; second++)
        {
            int lines = ward.Lines.Count;
            ward.Wait(TimeSpan.FromSeconds(1));
            Assert.IsLessThanOrEqualTo(lines + 1, ward.Lines.Count);
            closed += ward.Lines.Count - lines;
        }

        Assert.AreEqual(5, closed);
        Assert.IsTrue(ward.Lines.Skip(before).All(line => line.Contains("state=\"closed\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void WhereTimeLeapsAllStoriesThatAreOverAreClosedAtOnce()
    {
        var ward = new Ward();
        for (int title = 0; title < 8; title++)
        {
            for (int client = 0; client < 5; client++)
            {
                ward.Reject($"203.0.113.{50 + client}", Ward.Pacs, $"GUESS{title}", "ECHOSCU");
            }
        }

        int before = ward.Lines.Count;
        ward.Eyes.Tick(2 * 3600 * 1_000_000L);
        Assert.AreEqual(5, ward.Lines.Skip(before).Count(line => line.Contains(" dicom-guess [", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheThirdTitleThatIsRejectedMakesAGuess()
    {
        var ward = new Ward();
        ward.Reject(Guesser, Ward.Pacs, "PACS", "WS1");
        ward.Reject(Guesser, Ward.Pacs, "ARCHIVE", "WS1");
        Assert.IsEmpty(ward.Lines);
        ward.Reject(Guesser, Ward.Pacs, "STORE", "WS1");
        string line = ward.Of("dicom-guess").Single();
        StringAssert.Contains(line, "state=\"open\" severity=\"4\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.99\" srcs=\"1\" "
            + "dst=\"10.20.30.112\" "
            + "dsts=\"1\" dport=\"104\" frames=\"3\" name=\"STORE\"");
        StringAssert.Contains(line, " refused=\"3\" group=\"PACS\" site=\"x-ray\"]");
        StringAssert.EndsWith(line, "DICOM titles guessed by WS1 at 10.20.30.99 to 10.20.30.112 port 104: 3 titles in 0 s, "
            + "newest: STORE, severity 3+3-2");
    }

    [TestMethod]
    public void ATitleThatFitsMakesItWorse()
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.Reject(Guesser, Ward.Pacs, title, "WS1");
        }

        ward.Accept(Guesser, Ward.Pacs, "ORTHANC", "WS1");
        string line = ward.Of("dicom-guess").Last();
        StringAssert.Contains(line, "state=\"update\" severity=\"5\"");
        StringAssert.Contains(line, "frames=\"4\" name=\"ORTHANC\" answeredBy=\"10.20.30.112\"");
        StringAssert.Contains(line, " answered=\"1\" refused=\"3\" ");
        StringAssert.Contains(line, "3 titles in 0 s, accepted: ORTHANC");

        // What is looked for afterwards, by the same name, takes nothing back.
        ward.Reject(Guesser, Ward.Pacs, "OTHER", "WS1");
        Assert.IsFalse(ward.Finish().Of("dicom-guess").Last().Contains("name=\"OTHER\"", StringComparison.Ordinal));
        StringAssert.Contains(ward.Of("dicom-guess").Last(), "state=\"closed\" severity=\"5\"");
        Assert.AreEqual(1, ward.Eyes.StoriesOf(0));
    }

    [TestMethod]
    public void AModalityThatRepeatsAWrongTitleIsToldOnceAndLow()
    {
        var ward = new Ward();
        for (int i = 0; i < 40; i++)
        {
            ward.Reject("10.20.30.31", Ward.Pacs, "PACS_OLD", "CT1");
            ward.Wait(TimeSpan.FromMinutes(5));
        }

        string line = ward.Lines.Single(line => !line.Contains(" inventory [", StringComparison.Ordinal));
        StringAssert.Contains(line, " dicom-caller [incident@32473 id=\"1\" state=\"open\" severity=\"2\"");
        StringAssert.Contains(line, " src=\"10.20.30.31\" srcs=\"1\" dst=\"10.20.30.112\" dsts=\"1\" dport=\"104\" frames=\"3\" "
            + "name=\"CT1\"");
        StringAssert.Contains(line, "DICOM title set wrongly, rejected again and again: CT1 at 10.20.30.31 to 10.20.30.112 port "
            + "104, called PACS_OLD");
        Assert.IsEmpty(ward.Of("dicom-guess"));
    }

    [TestMethod]
    public void TwoWrongTitlesInTurnAreNoGuess()
    {
        var ward = new Ward();
        for (int i = 0; i < 10; i++)
        {
            ward.Reject("10.20.30.31", Ward.Pacs, "PACS_OLD", "CT1");
            ward.Reject("10.20.30.31", Ward.Pacs, "WORKLIST", "CT1");
        }

        Assert.HasCount(1, ward.Lines);
        Assert.IsEmpty(ward.Of("dicom-guess"));
    }

    [TestMethod]
    public void ARejectionNowAndThenIsNothing()
    {
        var ward = new Ward();
        ward.Reject("10.20.30.31", Ward.Pacs, "PACS_OLD", "CT1");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Reject("10.20.30.32", Ward.Pacs, "PACS_OLD", "CT2");
        ward.Accept("10.20.30.32", Ward.Pacs, "PACS", "CT2");
        Assert.IsEmpty(ward.Lines);
        StringAssert.Contains(ward.Finish().Lines[0],
            " inventory [inventory@32473 part=\"imaging\" associations=\"2\" rejected=\"2\" tls=\"0\" messages=\"0\"");
    }

    [TestMethod]
    public void ARetransmissionIsNoOtherTitle()
    {
        var ward = new Ward();
        byte[] request = new Ip(Guesser, Ward.Pacs).Tcp(40000, 104, "PA", payload: Dicom.Request("A", "WS1"));
        byte[] answer = new Ip(Ward.Pacs, Guesser).Tcp(104, 40000, "PA", payload: Dicom.Reject());
        for (int i = 0; i < 5; i++)
        {
            ward.See(request);
            ward.See(request);
            ward.See(answer);
            ward.See(answer);
        }

        StringAssert.Contains(ward.Lines.Single(), " frames=\"3\"");
        Assert.IsEmpty(ward.Of("dicom-guess"));
    }

    [TestMethod]
    public void AnAbortDoesNotSayThatATitleWasWrong()
    {
        var ward = new Ward();
        string[] titles = ["PACS", "ARCHIVE", "STORE", "QC", "BACKUP", "TEST", "XRAY", "DICOM"];
        foreach (string title in titles[..7])
        {
            ward.Associate(Guesser, Ward.Pacs, title, "WS1", Dicom.Abort());
        }

        // An archive that is overloaded breaks off whoever comes.
        Assert.IsEmpty(ward.Of("dicom-guess"));
        StringAssert.Contains(ward.Lines.Single(),
            "] DICOM associations rejected again and again: WS1 at 10.20.30.99 to 10.20.30.112 port 104, called STORE");
        ward.Associate(Guesser, Ward.Pacs, titles[7], "WS1", Dicom.Abort());
        StringAssert.Contains(ward.Of("dicom-guess").Single(), ": 8 titles in 0 s, newest: DICOM, severity 3+3-2");
    }

    // Servers take them; one octet must not hide who guesses.
    [TestMethod]
    [DataRow("WS1", '\0', "WS1", DisplayName = "filled up with zeros")]
    [DataRow("M\u00fcller", ' ', "M_ller", DisplayName = "Latin 1")]
    [DataRow("W\u0001S\u00ff", '\0', "W_S_", DisplayName = "control characters")]
    [DataRow("\0", '\0', "", DisplayName = "none")]
    public void TitlesThatTheStandardForbidsHideNobody(string calling, char filler, string said)
    {
        var ward = new Ward("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n");
        foreach (string title in new[] { "PACS", "ARCH\u00cdV", "STORE" })
        {
            ward.Reject(Guesser, Ward.Pacs, title.PadRight(16, filler), calling.PadRight(16, filler));
        }

        string caller = said.Length == 0 ? "" : said + " at ";
        StringAssert.EndsWith(ward.Of("dicom-guess").Single(),
            $"DICOM titles guessed by {caller}10.20.30.99 to 10.20.30.112 port 104: 3 titles in 0 s, newest: STORE, severity 3+3-2");
        StringAssert.Contains(ward.Of("dicom-caller")[0], $"the profile does not list: {caller}10.20.30.99 to 10.20.30.112 port 104");
        ward.Accept(Guesser, Ward.Pacs, "ORTHANC".PadRight(16, filler), calling.PadRight(16, filler));
        StringAssert.Contains(ward.Of("dicom-guess").Last(), "accepted: ORTHANC");
        StringAssert.Contains(ward.Finish().Of("inventory")[0], " associations=\"1\" rejected=\"3\"");
    }

    [TestMethod]
    public void ATitleFilledUpWithZerosIsTheOneThatTheProfileLists()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1".PadRight(16, '\0'));
        Assert.IsEmpty(ward.Lines);
        Assert.AreEqual(1, ward.Eyes.Figures.Accepted);
    }

    [TestMethod]
    public void WhatIsTooShortForARequestIsNone()
    {
        var ward = new Ward("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n");
        byte[] request = Dicom.Request("PACS", "CT1", length: 68);
        request[5] = 67;
        ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: request));
        Assert.IsEmpty(ward.Lines);

        // Nor what is shorter than its segment: an image of small numbers may begin like one.
        request = Dicom.Request("PACS", "CT1", length: 1440);
        request[4] = 1;
        request[5] = 1;
        ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: request));
        Assert.IsEmpty(ward.Lines);
        request = Dicom.Request("PACS", "CT1", length: 68);
        ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: request));
        Assert.HasCount(1, ward.Lines);
    }

    // Table 9-21: no reason, the calling title, the protocol's version, congestion; and reason 7 of the two other sources.
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 1, 1)]
    [DataRow(2, 1, 2)]
    [DataRow(2, 2, 3)]
    [DataRow(7, 1, 2)]
    [DataRow(7, 1, 3)]
    public void WhoIsNotLetInUnderAnyTitleDoesNotGuess(int reason, int result, int source)
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "WORKLIST", "PRINT", "STORE", "ARCHIVE" })
        {
            ward.Associate("10.20.30.31", Ward.Pacs, title, "CT1", Dicom.Reject(reason, result, source));
        }

        string line = ward.Lines.Single();
        StringAssert.Contains(line, " dicom-caller [incident@32473 id=\"1\" state=\"open\" severity=\"2\"");
        StringAssert.Contains(line, "] DICOM associations rejected again and again: CT1 at 10.20.30.31 to 10.20.30.112 port 104, "
            + "called PRINT");
    }

    [TestMethod]
    public void ATitleThatIsNotRecognizedForNowCountsAsOne()
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "WORKLIST", "PRINT" })
        {
            ward.Associate(Guesser, Ward.Pacs, title, "CT1", Dicom.Reject(7, 2));
        }

        Assert.HasCount(1, ward.Of("dicom-guess"));
    }

    [TestMethod]
    public void TitlesTriedAtSeveralServersAreGuessed()
    {
        var ward = new Ward();
        ward.Reject(Guesser, Ward.Pacs, "PACS", "WS1");
        ward.Reject(Guesser, "10.20.30.113", "PACS", "WS1");
        ward.Reject(Guesser, "10.20.30.114", "ARCHIVE", "WS1");
        ward.Reject("10.20.30.98", "10.20.30.114", "OTHER", "WS2");
        Assert.IsEmpty(ward.Lines, "two titles of one source");
        ward.Reject(Guesser, "10.20.30.114", "STORE", "WS1");
        string line = ward.Of("dicom-guess").Single();
        StringAssert.Contains(line, " src=\"10.20.30.99\" srcs=\"1\" dst=\"10.20.30.114\" dsts=\"1\"");
        StringAssert.Contains(line, ": 3 titles in 0 s, newest: STORE");
        ward.Reject(Guesser, "10.20.30.113", "IMAGES", "WS1");
        StringAssert.Contains(ward.Of("dicom-guess")[1], "to 10.20.30.113 port 104: 4 titles in 0 s, newest: IMAGES");
    }

    [TestMethod]
    public void TheFirstLineOfAFurtherServerNamesWhoCallsAndTheNewestTitle()
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.Reject(Guesser, Ward.Pacs, title, "WS1");
        }

        // What others ask meanwhile stands between question and answer.
        ward.See(new Ip(Guesser, "10.20.30.113").Tcp(39000, 104, "PA", payload: Dicom.Request("IMAGES", "WS2")));
        ward.Accept("10.20.30.31", "10.20.30.114", "OTHER", "CT1");
        ward.See(new Ip("10.20.30.113", Guesser).Tcp(104, 39000, "PA", payload: Dicom.Reject()));
        string line = ward.Of("dicom-guess")[1];
        StringAssert.Contains(line, "id=\"2\" state=\"open\" severity=\"3\"");
        StringAssert.Contains(line, " dst=\"10.20.30.113\" dsts=\"1\" dport=\"104\" frames=\"1\" name=\"IMAGES\"");
        StringAssert.EndsWith(line, "DICOM titles guessed by WS2 at 10.20.30.99 to 10.20.30.113 port 104: 4 titles in 0 s, "
            + "newest: IMAGES, severity 2+3-2");
    }

    // fo-dicom before version 5, mdcm and others write the head of a PDU by itself, and do not wait for what is behind it.
    [TestMethod]
    [DataRow(true, DisplayName = "the archive answers so, too")]
    [DataRow(false, DisplayName = "the archive answers in one segment")]
    public void WhoSendsTheHeadOfARequestByItselfGuessesToo(bool isAnswerApart)
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.AssociateApart(Guesser, Ward.Pacs, title, "WS1", Dicom.Reject(), isAnswerApart);
        }

        StringAssert.Contains(ward.Of("dicom-guess")[0],
            " src=\"10.20.30.99\" srcs=\"1\" dst=\"10.20.30.112\" dsts=\"1\" dport=\"104\" frames=\"3\" name=\"STORE\"");
        StringAssert.EndsWith(ward.Of("dicom-guess")[0],
            "DICOM titles guessed by WS1 at 10.20.30.99 to 10.20.30.112 port 104: 3 titles in 0 s, newest: STORE, severity 3+3-2");
        ward.AssociateApart(Guesser, Ward.Pacs, "ORTHANC", "WS1", Dicom.Accept("ORTHANC", "WS1"), isAnswerApart);
        StringAssert.Contains(ward.Of("dicom-guess").Last(), "severity=\"5\"");
        StringAssert.Contains(ward.Of("dicom-guess").Last(), "3 titles in 0 s, accepted: ORTHANC");
        StringAssert.Contains(ward.Finish().Of("inventory")[0], " associations=\"1\" rejected=\"3\"");
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 1)]
    [DataRow(7, 2)]
    public void ARestOfARejectionThatSaysAnotherReasonIsNoTitles(int reason, int source)
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.AssociateApart(Guesser, Ward.Pacs, title, "WS1", Dicom.Reject(reason, 1, source));
        }

        StringAssert.Contains(ward.Lines.Single(),
            "] DICOM associations rejected again and again: WS1 at 10.20.30.99 to 10.20.30.112 port 104, called STORE");
    }

    [TestMethod]
    public void WhatOnlyLooksLikeTheRestOfARequestIsNone()
    {
        var ward = new Ward("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n");
        byte[] body = Dicom.Request("PACS", "CT1")[6..];
        (int At, byte Octet)[] changes = [(4, 0), (4, 7), (5, 0), (5, 2), (20, 9), (37, 1), (60, 1), (3, 1), (1, 2)];
        foreach ((int at, byte octet) in changes)
        {
            byte[] other = [.. body];
            other[at] = octet;
            ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: other));
        }

        ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: body[..67]));
        Assert.IsEmpty(ward.Lines);
        ward.See(new Ip("10.20.30.31", Ward.Pacs).Tcp(40000, 104, "PA", payload: body));
        StringAssert.Contains(ward.Lines.Single(), "caller that the profile does not list: CT1 at 10.20.30.31");
    }

    // The mirror shows one direction, or the request came in pieces that are none of its beginning.
    [TestMethod]
    public void AnAnswerSaysEnoughWhereItsRequestWasNotSeen()
    {
        var ward = new Ward();
        byte[] accept = new Ip(Ward.Pacs, "203.0.113.9").Tcp(104, 40000, "PA", payload: Dicom.Accept("PACS", "CT1"));
        ward.See(accept);
        ward.See(accept);
        StringAssert.Contains(ward.Lines.Single(),
            "] DICOM in the clear across the site's boundary: CT1 at 203.0.113.9 to 10.20.30.112 port 104, called PACS");
        for (int i = 0; i < 3; i++)
        {
            byte[] reject = new Ip(Ward.Pacs, "10.20.30.31").Tcp(104, 40000 + i, "PA", payload: Dicom.Reject());
            ward.See(reject);
            ward.See(reject);
            ward.See(new Ip(Ward.Pacs, "10.20.30.32").Tcp(104, 41000 + i, "PA", payload: Dicom.Abort()));
        }

        StringAssert.Contains(ward.Lines[1], " severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.31\"");
        StringAssert.Contains(ward.Lines[1],
            "] DICOM associations rejected again and again: 10.20.30.31 to 10.20.30.112 port 104, severity 3+2-2");
        Assert.HasCount(2, ward.Lines);
        StringAssert.Contains(ward.Finish().Of("inventory")[0], " associations=\"1\" rejected=\"3\"");
    }

    [TestMethod]
    public void NmapIsKnownByIpv6WhereItsSystemSendsNoTimestamps()
    {
        // Windows sends none; behind Linux's the octet is the slot's 129th.
        byte[] stamps = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        byte[] request = Dicom.Request("ANY-SCP", "ECHOSCU", 0x30);
        var ward = new Ward();
        ward.See(new Ip("2001:db8:20::99", "2001:db8:20::112").Tcp(40000, 104, "PA", options: stamps, payload: request));
        Assert.IsEmpty(ward.Lines);
        ward.See(new Ip("2001:db8:20::99", "2001:db8:20::112").Tcp(40001, 104, "PA", payload: request));
        StringAssert.Contains(ward.Lines.Single(), " tool=\"nmap\"");
    }

    [TestMethod]
    public void GuessingByIpv6IsToldWithItsAddresses()
    {
        var ward = new Ward();
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.Reject("2001:db8:20::99", "2001:db8:20::112", title, "WS1");
        }

        StringAssert.Contains(ward.Of("dicom-guess").Single(), " src=\"2001:db8:20::99\" srcs=\"1\" dst=\"2001:db8:20::112\"");
    }

    [TestMethod]
    public void NmapsScriptsAreKnownByTheirFirstPacket()
    {
        var ward = new Ward();
        ward.See(new Ip(Guesser, Ward.Pacs).Tcp(40000, 104, "PA", payload: Dicom.Request("ANY-SCP", "ECHOSCU", 0x30)));
        string line = ward.Lines.Single();
        StringAssert.Contains(line, " dicom-caller [");
        StringAssert.Contains(line, "severity=\"3\"");
        StringAssert.Contains(line, " tool=\"nmap\"");
        StringAssert.Contains(line, "DICOM by nmap's scripts: ECHOSCU at 10.20.30.99");
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.Reject(Guesser, Ward.Pacs, title, "ECHOSCU", 0x30);
        }

        line = ward.Of("dicom-guess").Single();
        StringAssert.Contains(line, "id=\"1\" state=\"update\"");
        StringAssert.Contains(line, " tool=\"nmap\"");
    }

    [TestMethod]
    public void GuessingIsOverAfterAnHourAndTheNextIsAnother()
    {
        var ward = new Ward();
        for (int round = 0; round < 2; round++)
        {
            foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
            {
                ward.Reject(Guesser, Ward.Pacs, title, "WS1");
            }

            ward.Wait(TimeSpan.FromHours(1.1));
        }

        CollectionAssert.AreEqual(new[] { "1:open", "1:closed", "2:open", "2:closed" }, ward.Of("dicom-guess").Select(Known).ToArray());
    }

    [TestMethod]
    public void WhatTheProfileExplainsIsToldAsThat()
    {
        var ward = new Ward("[[expected]]\nname = \"DICOM conformance tests\"\nsource = \"10.20.30.99\"\nproto = \"tcp\"\nport = 104\n");
        foreach (string title in new[] { "PACS", "ARCHIVE", "STORE" })
        {
            ward.Reject(Guesser, Ward.Pacs, title, "WS1");
        }

        string line = ward.Of("dicom-guess").Single();
        StringAssert.Contains(line, "severity=\"1\"");
        StringAssert.Contains(line, " expected=\"DICOM conformance tests\"");
    }

    private static string Known(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, ".* id=\"(\\d+)\" state=\"(\\w+)\".*", "$1:$2");

    // What is told once a host stays a day: twelve of them left no room for two pairs in turns.
    [TestMethod]
    public void WhatWasSaidOfOthersHidesNoGuess()
    {
        var ward = new Ward();
        for (int i = 0; i < 30; i++)
        {
            string server = FormattableString.Invariant($"10.20.30.{150 + i}");
            byte[] answer = i % 2 == 0 ? [0xff, 0xfd, 0x18] : [0x16, 3, 1, 0, 76, 2, 0, 0, 72, 3, 1, .. new byte[66]];
            ward.Answer(server, "10.20.30.30", answer, 50001 + i, i % 2 == 0 ? 23 : 443);
            ward.Wait(TimeSpan.FromMinutes(6));
        }

        Assert.HasCount(30, ward.Of("weak-service").FindAll(line => line.Contains("state=\"open\"", StringComparison.Ordinal)));
        for (int i = 0; i < 4; i++)
        {
            ward.Reject(Guesser, Ward.Pacs, $"G{i}", "HACK");
            ward.Reject(Guesser, "10.20.30.113", $"G{i}", "HACK");
            ward.Reject("10.20.30.31", Ward.Pacs, "WRONG", "CT1");
        }

        StringAssert.Contains(ward.Of("dicom-guess")[0], "titles guessed by HACK at 10.20.30.99 to 10.20.30.112 port 104: 3 titles");
        StringAssert.Contains(ward.Of("dicom-guess")[1], "titles guessed by HACK at 10.20.30.99 to 10.20.30.113 port 104: 3 titles");
        StringAssert.Contains(ward.Of("dicom-caller").Single(), "title set wrongly, rejected again and again: CT1 at 10.20.30.31");
        Assert.AreEqual(0, ward.Eyes.Figures.Untold);
    }

    [TestMethod]
    public void MoreGuessersThanThereIsRoomForDoNotHideEachOther()
    {
        var ward = new Ward();
        for (int title = 0; title < 4; title++)
        {
            for (int client = 0; client < 40; client++)
            {
                ward.Reject(FormattableString.Invariant($"10.20.30.{150 + client}"), Ward.Pacs, $"G{client}_{title}", "HACK");
            }
        }

        Assert.IsNotEmpty(ward.Of("dicom-guess"));
        StringAssert.Contains(ward.Of("dicom-guess")[0], " src=\"10.20.30.150\" srcs=\"1\" dst=\"10.20.30.112\"");
        Assert.AreEqual(8, ward.Eyes.StoriesOf(0));

        // Those that found no room at all are counted.
        Assert.IsGreaterThan(30, ward.Eyes.Figures.Untold);
    }

    [TestMethod]
    public void MisconfiguredModalitiesThatWereToldLeaveRoomForAGuess()
    {
        var ward = new Ward();
        for (int client = 0; client < 24; client++)
        {
            for (int i = 0; i < 3; i++)
            {
                ward.Reject(FormattableString.Invariant($"10.20.30.{150 + client}"), Ward.Pacs, "WRONG", "CT");
            }

            ward.Wait(TimeSpan.FromMinutes(11));
        }

        int told = ward.Lines.Count(line => line.Contains("title set wrongly", StringComparison.Ordinal));
        Assert.IsGreaterThanOrEqualTo(24, told);
        for (int i = 0; i < 3; i++)
        {
            ward.Reject(Guesser, Ward.Pacs, $"G{i}", "HACK");
            ward.Reject("10.20.30.98", Ward.Pacs, "OTHER", "CT9");
        }

        StringAssert.Contains(ward.Of("dicom-guess").Single(), "titles guessed by HACK at 10.20.30.99 to 10.20.30.112 port 104: 3 titles");
    }

    // Tools ask many at once (nmap's brute.threads) and read the answers later.
    [TestMethod]
    [DataRow(9, 60, 60, DisplayName = "nine")]
    [DataRow(20, 120, 120, DisplayName = "as nmap's brute.threads=20")]
    [DataRow(200, 400, 10, DisplayName = "more than are remembered")]
    public void TitlesThatAreTriedAtOnceAreGuessed(int window, int titles, int least)
    {
        var ward = new Ward();
        for (int i = 0; i < titles + window; i++)
        {
            if (i < titles)
            {
                ward.See(new Ip(Guesser, Ward.Pacs).Tcp(30000 + i, 104, "PA", 1, 1, payload: Dicom.Request($"GUESS{i}", "HACK")));
            }

            if (i >= window)
            {
                ward.See(new Ip(Ward.Pacs, Guesser).Tcp(104, 30000 + i - window, "PA", 1, 207, payload: Dicom.Reject()));
            }
        }

        ward.Finish();
        string line = ward.Of("dicom-guess").Last();
        StringAssert.Contains(line, FormattableString.Invariant($" refused=\"{titles}\" "));
        int said = int.Parse(line.Split("port 104: ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsGreaterThanOrEqualTo(least, said);
        Assert.IsLessThanOrEqualTo(titles, said);
    }

    [TestMethod]
    public void AnAnswerWithoutARequestPushesOutNoneThatWaits()
    {
        var ward = new Ward();
        for (int i = 0; i < 3; i++)
        {
            ward.See(new Ip(Guesser, Ward.Pacs).Tcp(40000 + i, 104, "PA", 1, 1, payload: Dicom.Request($"GUESS{i}", "HACK")));
        }

        for (int i = 0; i < 500; i++)
        {
            ward.See(new Ip(Ward.Pacs, "10.20.30.31").Tcp(104, 30000 + i, "PA", 1, 1, payload: Dicom.Reject(1)));
        }

        for (int i = 0; i < 3; i++)
        {
            ward.See(new Ip(Ward.Pacs, Guesser).Tcp(104, 40000 + i, "PA", 1, 1, payload: Dicom.Reject()));
        }

        StringAssert.Contains(ward.Of("dicom-guess").Single(), ": 3 titles in 0 s, newest: GUESS2, severity 3+3-2");
    }

    [TestMethod]
    [DataRow(1, 1, DisplayName = "no reason given")]
    [DataRow(3, 1, DisplayName = "the calling title")]
    [DataRow(1, 2, DisplayName = "by its provider")]
    public void EightTitlesAreAGuessWhateverTheReason(int reason, int source)
    {
        var ward = new Ward();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 7; i++)
            {
                ward.Associate(Guesser, Ward.Pacs, $"G{i}", "HACK", Dicom.Reject(reason, 1, source));
            }
        }

        Assert.IsEmpty(ward.Of("dicom-guess"), "seven titles in turns");
        ward.Associate(Guesser, Ward.Pacs, "G7", "HACK", Dicom.Reject(reason, 1, source));
        StringAssert.Contains(ward.Of("dicom-guess").Single(), " state=\"update\" severity=\"4\" ");
        StringAssert.EndsWith(ward.Of("dicom-guess").Single(),
            "DICOM titles guessed by HACK at 10.20.30.99 to 10.20.30.112 port 104: 8 titles in 0 s, newest: G7, severity 3+3-2");
    }

    [TestMethod]
    public void AModalityThatThreeArchivesBreakOffDoesNotGuess()
    {
        var ward = new Ward();
        string[] titles = ["ARCHIVE", "QC", "BACKUP"];
        for (int i = 0; i < 3; i++)
        {
            ward.Associate("10.20.30.31", FormattableString.Invariant($"10.20.30.{112 + i}"), titles[i], "CT1", Dicom.Abort());
        }

        Assert.IsEmpty(ward.Lines);

        // Whom they do not know, does.
        for (int i = 0; i < 3; i++)
        {
            ward.Reject("10.20.30.31", FormattableString.Invariant($"10.20.30.{112 + i}"), titles[i], "CT1");
        }

        StringAssert.Contains(ward.Of("dicom-guess").Single(),
            " dst=\"10.20.30.114\" dsts=\"1\" dport=\"104\" frames=\"2\" name=\"BACKUP\"");
    }
}
