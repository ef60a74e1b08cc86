using System;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Who calls whom by which name.</summary>
[TestClass]
public sealed class CallerTests
{
    [TestMethod]
    public void AListedTitleFromItsAddressIsOrdinaryAndAnyOtherIsTold()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n\"MR 1\" = [\"10.20.30.32\", \"2001:db8:20::32\"]\n");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.32", Ward.Pacs, "PACS", "MR 1");
        ward.Accept("2001:db8:20::32", "2001:db8:20::112", "PACS", "MR 1");
        Assert.IsEmpty(ward.Lines);
        ward.Accept("10.20.30.33", Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT2");
        string[] lines = [.. ward.Of("dicom-caller")];
        StringAssert.Contains(lines[0], "severity=\"4\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.33\"");
        StringAssert.Contains(lines[0],
            "DICOM caller that the profile does not list: CT1 at 10.20.30.33 to 10.20.30.112 port 104, called PACS");
        StringAssert.Contains(string.Join('\n', lines), "the profile does not list: CT2 at 10.20.30.31");
    }

    // Its request is not read, and the list is no lock: whoever is accepted is named by the accept.
    [TestMethod]
    [DataRow("all of it", 0)]
    [DataRow("nothing", -1)]
    [DataRow("cut after 1 octet", 1)]
    [DataRow("cut after 40 octets", 40)]
    [DataRow("version field 3", 0, 7, 3)]
    [DataRow("a reserved octet", 0, 1, 7)]
    [DataRow("its head apart, and long", 6, 5, 0, 2000)]
    public void WhoeverIsAcceptedAndNotListedIsTold(string what, int cut, int at = 5, int octet = 200, int length = 200)
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        byte[] request = Dicom.Request("PACS", "EVIL", length: length);
        request[at] = octet == 0 ? request[at] : (byte)octet;
        if (cut >= 0)
        {
            ward.See(new Ip("10.20.30.66", Ward.Pacs).Tcp(40000, 104, "PA", 1, 1, payload: cut == 0 ? request : request[..cut]));
            ward.See(new Ip("10.20.30.66", Ward.Pacs).Tcp(40000, 104, "PA", 1 + cut, 1, payload: cut == 0 ? [9] : request[cut..]));
        }

        byte[] accept = new Ip(Ward.Pacs, "10.20.30.66").Tcp(104, 40000, "PA", 1, 201, payload: Dicom.Accept("PACS", "EVIL"));
        ward.See(accept);
        ward.See(accept);
        string line = ward.Of("dicom-caller").Single();
        StringAssert.Contains(line, " severity=\"4\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.66\" srcs=\"1\" dst=\"10.20.30.112\" ", what);
        StringAssert.Contains(line, "caller that the profile does not list: EVIL at 10.20.30.66 to 10.20.30.112 port 104, called "
            + "PACS", what);

        // A listed one is not, however it asks.
        ward.See(new Ip(Ward.Pacs, "10.20.30.31").Tcp(104, 40001, "PA", 1, 201, payload: Dicom.Accept("PACS", "CT1")));
        ward.See(new Ip(Ward.Pacs, "10.20.30.31").Tcp(104, 40002, "PA", 1, 201, payload: Dicom.Accept("PACS", "")));
        Assert.HasCount(1, ward.Of("dicom-caller"), what);
    }

    [TestMethod]
    public void AHostWithBothKindsOfAddressesHasNotMoved()
    {
        var ward = new Ward();
        ward.Accept("2001:db8:20::31", "2001:db8:20::112", "PACS", "CT1");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Send("2001:db8:20::41", "2001:db8:20::42", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        ward.Accept("2001:db8:20::31", "2001:db8:20::112", "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
        ward.Accept("10.20.30.77", Ward.Pacs, "PACS", "CT1");
        StringAssert.Contains(ward.Lines.Single(),
            "CT1 at 10.20.30.77 to 10.20.30.112 port 104, called PACS, before from 10.20.30.31, severity");
        ward.Accept("2001:db8:20::77", "2001:db8:20::112", "PACS", "CT1");
        StringAssert.Contains(ward.Lines[1],
            "name at another address than before: CT1 at 2001:db8:20::77 to 2001:db8:20::112 port 104, called PACS, severity");
    }

    // Windows XP and older take a client's port from 1025 on.
    [TestMethod]
    public void WhoAcceptedTheConnectionIsTheServerWhateverThePorts()
    {
        var ward = new Ward("[imaging.hl7]\nRIS = \"10.20.30.20\"\n");
        ward.See(new Ip("10.20.30.77", "10.20.30.21").Tcp(1025, 50000, "S"));
        ward.See(new Ip("10.20.30.21", "10.20.30.77").Tcp(50000, 1025, "SA", 0, 1));
        ward.See(new Ip("10.20.30.77", "10.20.30.21").Tcp(1025, 50000, "PA", 1, 1, payload: Hl7.Message("EVILAPP", "HOSP", "EHR", "MAIN")));
        ward.See(new Ip("10.20.30.21", "10.20.30.77").Tcp(50000, 1025, "PA", 1, 90,
            payload: Hl7.Message("EHR", "MAIN", "EVILAPP", "HOSP")));
        StringAssert.Contains(ward.Of("dicom-caller").Single(),
            "HL7 caller that the profile does not list: EVILAPP at 10.20.30.77 to 10.20.30.21 port 50000, called EHR");
    }

    // The header came in pieces: whom the answer goes to is named in it.
    [TestMethod]
    [DataRow(5)]
    [DataRow(12)]
    public void AMessageInPiecesIsKnownByItsAcknowledgement(int cut)
    {
        var ward = new Ward("[imaging.hl7]\nRIS = \"10.20.30.20\"\nEHR = \"10.20.30.21\"\n");
        byte[] message = Hl7.Message("EVILAPP", "HOSP", "EHR", "MAIN");
        foreach (string client in new[] { "10.20.30.20", "10.20.30.77" })
        {
            ward.See(new Ip(client, "10.20.30.21").Tcp(40001, 6661, "S"));
            ward.See(new Ip("10.20.30.21", client).Tcp(6661, 40001, "SA", 0, 1));
            ward.See(new Ip(client, "10.20.30.21").Tcp(40001, 6661, "PA", 1, 1, payload: message[..cut]));
            ward.See(new Ip(client, "10.20.30.21").Tcp(40001, 6661, "PA", 1 + cut, 1, payload: message[cut..]));
            ward.See(new Ip("10.20.30.21", client).Tcp(6661, 40001, "PA", 1, 90, payload: Hl7.Message("EHR", "MAIN", "EVILAPP", "HOSP")));
        }

        string line = ward.Of("dicom-caller").Single();
        StringAssert.Contains(line, " src=\"10.20.30.77\" srcs=\"1\" dst=\"10.20.30.21\" dsts=\"1\" dport=\"6661\" ");
        StringAssert.Contains(line, "HL7 caller that the profile does not list: EVILAPP at 10.20.30.77 to 10.20.30.21 port 6661, "
            + "called EHR");
    }

    [TestMethod]
    public void WhoCallsWithoutANameStandsInTheLineByItsAddressAlone()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        ward.Accept("10.20.30.66", Ward.Pacs, "PACS", "");
        StringAssert.Contains(ward.Of("dicom-caller")[0],
            "] DICOM caller that the profile does not list: 10.20.30.66 to 10.20.30.112 port 104, called PACS, severity 3+3-2");
    }

    [TestMethod]
    public void ATitleAtAnotherAddressIsToldOnceWithWhereItWas()
    {
        var ward = new Ward();
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.32", Ward.Pacs, "PACS", "MR1");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
        ward.Accept("10.20.30.77", Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.78", Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        StringAssert.Contains(ward.Lines.Single(),
            "DICOM name at another address than before: CT1 at 10.20.30.77 to 10.20.30.112 port 104, called PACS, before from "
                + "10.20.30.31, severity 3+2-2");
    }

    [TestMethod]
    public void ATitleThatIsRejectedElsewhereIsNotMoved()
    {
        var ward = new Ward();
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Reject("10.20.30.77", Ward.Pacs, "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void TitlesThatToolsComeWithAreNobodys()
    {
        var ward = new Ward();
        foreach (string title in new[] { "ECHOSCU", "STORESCU", "FINDSCU", "MOVESCU" })
        {
            ward.Accept("10.20.30.31", Ward.Pacs, "PACS", title);
            ward.Accept("10.20.30.32", Ward.Pacs, "PACS", title);
        }

        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    [DataRow("203.0.113.5", Ward.Pacs)]
    [DataRow("10.20.30.31", "203.0.113.5")]
    [DataRow("2001:db8:99::5", "2001:db8:20::112")]
    public void AnAssociationAcrossTheBoundaryIsTold(string client, string server)
    {
        var ward = new Ward();
        ward.Reject(client, server, "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
        ward.Accept(client, server, "PACS", "CT1");
        string line = ward.Of("dicom-caller").Single();
        StringAssert.Contains(line, "DICOM in the clear across the site's boundary: CT1 at " + client);
        StringAssert.Contains(line, server == Ward.Pacs ? "severity=\"4\"" : "severity=\"3\"");
    }

    [TestMethod]
    public void TransitBetweenStrangersIsNobodysBoundary()
    {
        var ward = new Ward();
        ward.Accept("203.0.113.5", "203.0.113.6", "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void AssociationsInTlsAreCountedAsUnreadable()
    {
        var ward = new Ward();
        ward.Associate("10.20.30.31", Ward.Pacs, "PACS", "CT1", [0x16, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3], 2762);
        StringAssert.Contains(ward.Finish().Of("inventory")[0], " tls=\"1\" ");
        StringAssert.Contains(ward.Lines[0], "connections in TLS at DICOM ports, which can't be read: 1");
    }

    // Some programs write a block's first octet by itself.
    [TestMethod]
    public void AMessageWhoseBlocksFirstOctetCameBeforeItIsOne()
    {
        var ward = new Ward();
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X")[..1]);
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X")[1..]);
        ward.Send("10.20.30.41", "10.20.30.42", "MSHA|^~\\&|LAB|CLINIC|RIS|X|"u8.ToArray());
        ward.Send("10.20.30.41", "10.20.30.42", "MSH|"u8.ToArray());
        Assert.IsEmpty(ward.Lines);
        Assert.AreEqual(1, ward.Eyes.Figures.Messages);
        ward.Send("10.20.30.43", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X")[1..]);
        StringAssert.Contains(ward.Lines.Single(),
            "HL7 name at another address than before: LAB at 10.20.30.43 to 10.20.30.42 port 2575, called RIS, before from 10.20.30.41");
    }

    [TestMethod]
    public void SendersOfHl7AreWatchedLikewise()
    {
        var ward = new Ward("[imaging.hl7]\nLAB = \"10.20.30.41\"\nRIS = \"10.20.30.42\"\n");
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("LAB^1.2^ISO", "CLINIC", "RIS", "X"));
        Assert.IsEmpty(ward.Lines);
        ward.Send("10.20.30.43", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        StringAssert.Contains(ward.Of("dicom-caller").Single(),
            "HL7 caller that the profile does not list: LAB at 10.20.30.43 to 10.20.30.42 port 2575, called RIS");
        ward.Send("10.20.30.41", "203.0.113.9", Hl7.Message("LAB", "CLINIC", "CLOUD", "X"));
        StringAssert.Contains(ward.Lines[^1], "HL7 in the clear across the site's boundary: LAB at 10.20.30.41 to 203.0.113.9");
    }

    [TestMethod]
    [DataRow(2575, 40000, DisplayName = "ports tell")]
    [DataRow(50000, 40000, DisplayName = "the message tells")]
    public void WhoAcknowledgesCallsNobody(int port, int from)
    {
        var ward = new Ward("[imaging.hl7]\nRIS = \"10.20.30.41\"\n");
        for (int i = 0; i < 3; i++)
        {
            ward.See(new Ip("10.20.30.41", "10.20.30.42").Tcp(from, port, "PA", i, payload: Hl7.Message("RIS", "CLINIC", "PACSIF", "X")));
            ward.See(new Ip("10.20.30.42", "10.20.30.41").Tcp(port, from, "PA", i, payload: Hl7.Message("PACSIF", "X", "RIS", "CLINIC")));
        }

        Assert.IsEmpty(ward.Lines);
        ward.See(new Ip("10.20.30.42", "10.20.30.41").Tcp(from + 1, port, "PA", payload: Hl7.Message("PACSIF", "X", "RIS", "CLINIC")));
        StringAssert.Contains(ward.Lines.Single(), FormattableString.Invariant(
            $"HL7 caller that the profile does not list: PACSIF at 10.20.30.42 to 10.20.30.41 port {port}, called RIS"));
    }

    [TestMethod]
    public void AConversationAcrossTheBoundaryIsOneIncidentInItsDirection()
    {
        const string Said = "HL7 in the clear across the site's boundary: LAB at 10.20.30.41 to 203.0.113.9 port 2575, called CLOUD";
        var ward = new Ward();
        byte[] answer = new Ip("203.0.113.9", "10.20.30.41").Tcp(2575, 40000, "PA", payload: Hl7.Message("CLOUD", "X", "LAB", "CLINIC"));
        ward.See(new Ip("10.20.30.41", "203.0.113.9").Tcp(40000, 2575, "PA", payload: Hl7.Message("LAB", "CLINIC", "CLOUD", "X")));
        ward.See(answer);
        StringAssert.Contains(ward.Lines.Single(), Said);
        StringAssert.Contains(ward.Lines.Single(),
            " src=\"10.20.30.41\" srcs=\"1\" dst=\"203.0.113.9\" dsts=\"1\" dport=\"2575\" frames=\"1\" name=\"LAB\"");

        // The message came in pieces: its answer alone shows it.
        var pieces = new Ward();
        pieces.See(answer);
        StringAssert.Contains(pieces.Lines.Single(), Said);
    }

    [TestMethod]
    public void WhatStrangersSayToEachOtherIsInNobodysList()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n[imaging.hl7]\nRIS = \"10.20.30.41\"\n");
        ward.Accept("fd77::1", "fd77::2", "PACS", "CT9");
        ward.Accept("203.0.113.5", "203.0.113.6", "PACS", "CT9");
        ward.Send("203.0.113.5", "203.0.113.6", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        Assert.IsEmpty(ward.Lines);
        ward.Reject("203.0.113.5", Ward.Pacs, "PACS", "CT9");
        StringAssert.Contains(ward.Lines.Single(), "the profile does not list: CT9 at 203.0.113.5");
        ward.Reject("10.20.30.33", "203.0.113.6", "PACS", "CT8");
        StringAssert.Contains(ward.Lines.Last(), "the profile does not list: CT8 at 10.20.30.33");
    }

    [TestMethod]
    public void WithoutAListASenderIsKnownByItsAddress()
    {
        var ward = new Ward();
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        ward.Send("10.20.30.43", "10.20.30.42", Hl7.Message("LAB", "OTHER", "RIS", "X"));
        Assert.IsEmpty(ward.Lines, "another facility's");
        ward.Send("10.20.30.43", "10.20.30.42", Hl7.Message("LAB", "CLINIC", "RIS", "X"));
        StringAssert.Contains(ward.Of("dicom-caller").Single(),
            "HL7 name at another address than before: LAB at 10.20.30.43 to 10.20.30.42 port 2575, called RIS, before from 10.20.30.41");
    }

    [TestMethod]
    public void ATitleCantEndAValueOrALine()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        ward.Accept("10.20.30.99", Ward.Pacs, "a\"]\\ x", "\"] [x@1 y=\"z");
        StringAssert.Contains(ward.Of("dicom-caller")[0], " name=\"____x_1_y__z\"");
        StringAssert.Contains(ward.Of("dicom-caller")[0], "called a____x,");
    }

    [TestMethod]
    public void WhoForgesAddressesGetsNoLineForEach()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        for (int i = 0; i < 2000; i++)
        {
            ward.Accept(FormattableString.Invariant($"10.20.30.{i % 200 + 20}"), Ward.Pacs, "PACS", FormattableString.Invariant($"X{i}"));
        }

        Assert.IsLessThan(60, ward.Finish().Lines.Count(line => !line.Contains(" inventory [", StringComparison.Ordinal)));
        string last = ward.Of("dicom-caller").Last(line => line.Contains("srcs=\"", StringComparison.Ordinal)
            && !line.Contains("srcs=\"1\"", StringComparison.Ordinal));
        StringAssert.Contains(last, " src=\"various\"");
    }

    [TestMethod]
    [DataRow(0, 0xff)]
    [DataRow(2, 0xff)]
    [DataRow(4, 4)]
    public void AListThatCantBeIsNone(int at, int octet)
    {
        SignatureTable table = Ward.Load("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n");
        table.Bytes[table.CallersAt + at] = (byte)octet;
        var ward = new Ward();
        ward.Eyes.UseTable(table);
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void AnotherTablesListCountsFromTheNextSlotOn()
    {
        var ward = new Ward();
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        Assert.IsEmpty(ward.Lines);
        ward.Eyes.UseTable(Ward.Load("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n"));
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        StringAssert.Contains(ward.Lines.Single(), "the profile does not list: CT1");
    }
}
