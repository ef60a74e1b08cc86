using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>
/// Nothing of a patient leaves: frames that differ only in payload outside the named fields (both titles, the octet by which nmap
/// is known, why a request is rejected, MSH-3 to MSH-6, a community of SNMP) give the same messages, octet for octet.
/// </summary>
[TestClass]
public sealed class PrivacyTests
{
    // As many as the promise says: some ten seconds.
    private const int Pairs = 1_000_000;

    private static readonly string[] Names = ["CT1", "MR1", "WS-7", "LAB", "RIS", "A\"]B", "", "ECHOSCU"];
    private static readonly string[] Hosts = ["10.20.30.31", "10.20.30.32", "203.0.113.7", "10.20.30.99", Ward.Pacs];

    [TestMethod]
    public void WhatStandsOutsideTheNamedFieldsReachesNoMessage()
    {
        const string Listed = "[imaging.dicom]\nCT1 = \"10.20.30.31\"\n[imaging.hl7]\nLAB = \"10.20.30.31\"\n";
        const int Each = 500;
        for (int round = 0; round * Each < Pairs; round++)
        {
            var ward = new Ward(Listed);
            var other = new Ward(Listed);
            var random = new Random(round);
            for (int i = 0; i < Each; i++)
            {
                byte[] first = Payload(random, out bool[] isNamed);
                byte[] second = [.. first];
                for (int octet = 0; octet < second.Length; octet++)
                {
                    second[octet] = isNamed[octet] ? second[octet] : Text(random);
                }

                if (random.Next(10) == 0)
                {
                    // An agent's answer: of it the version, the community and what kind of message it is.
                    byte[] head = [0x30, 0x29, 2, 1, 1, 4, 6, .. random.Next(2) == 0 ? "public"u8 : "secret"u8, 0xa2];
                    byte[] tail = new byte[40];
                    random.NextBytes(tail);
                    string agent = Hosts[random.Next(Hosts.Length)];
                    ward.See(new Ip(agent, Ward.Pacs).Udp(161, 40000 + i, [.. head, .. tail]));
                    random.NextBytes(tail);
                    other.See(new Ip(agent, Ward.Pacs).Udp(161, 40000 + i, [.. head, .. tail]));
                    continue;
                }

                string from = Hosts[random.Next(Hosts.Length)];
                string to = Hosts[random.Next(Hosts.Length)];
                int port = random.Next(2) == 0 ? 104 : 2575;
                bool isAnswer = random.Next(3) == 0;
                (int source, int target) = isAnswer ? (port, 40000 + random.Next(3)) : (40000 + random.Next(3), port);
                ward.See(new Ip(from, to).Tcp(source, target, "PA", i, payload: first));
                other.See(new Ip(from, to).Tcp(source, target, "PA", i, payload: second));
            }

            CollectionAssert.AreEqual(ward.Finish().Lines, other.Finish().Lines, $"round {round}");
            Assert.IsGreaterThan(5, ward.Lines.Count, "nothing was told that could have leaked");
        }
    }

    [TestMethod]
    public void APatientInAMessageStandsInNoLine()
    {
        string[] secrets = ["DOE", "JANE", "4711", "GLUCOSE", "POSITIVE"];
        var ward = new Ward("[imaging.hl7]\nNONE = \"10.20.30.1\"\n");
        string[] headers = ["MSH|^~\\&|LAB|X|RIS|Y|", "MSH|^~\\&\r", "MSH|^~\\&|LAB\r", "MSH||||\r", "MSH|^~\\&|LAB|X|RIS\r",
            "MSHPID|", "MSH\r",
            "MSH|^~\\&"];
        foreach (string header in headers)
        {
            string message = "\u000b" + header + "PID|1|4711|4711|DOE|JANE|DOE^JANE\rOBX|1|GLUCOSE|POSITIVE|GLUCOSE|POSITIVE|\u001c\r";
            ward.Send("10.20.30.41", "203.0.113.42", Encoding.ASCII.GetBytes(message));
        }

        string all = string.Join('\n', ward.Finish().Lines);
        StringAssert.Contains(all, "LAB");
        foreach (string secret in secrets)
        {
            Assert.IsFalse(all.Contains(secret, StringComparison.Ordinal), $"{secret} in {all}");
        }
    }

    // What a segment may begin with, and which of its octets are named: they decide what is told.
    private static byte[] Payload(Random random, out bool[] isNamed)
    {
        byte[] payload;
        int kind = random.Next(5);
        string name = Names[random.Next(Names.Length)];
        bool isApart = random.Next(4) == 0;
        if (kind < 2)
        {
            payload = kind == 0 ? Dicom.Request(Names[random.Next(Names.Length)], name, (byte)(random.Next(20) == 0 ? 0x30 : 0))
                : Dicom.Accept(Names[random.Next(Names.Length)], name);

            // What makes it a request: type, length and version; then both titles and nmap's octet. Without its head it is known
            // by the reserved octets behind the titles.
            isNamed = [.. Enumerable.Range(0, payload.Length).Select(i => i < (isApart ? 74 : 43))];
            payload = isApart ? payload[6..] : payload;
            isNamed = isApart ? isNamed[6..] : isNamed;
        }
        else if (kind == 2)
        {
            payload = Dicom.Reject(random.Next(10), random.Next(3), random.Next(4));
            isNamed = [.. Enumerable.Range(0, payload.Length).Select(i => i is < 7 or 8 or 9)];
            int half = random.Next(2);
            payload = !isApart ? payload : half == 0 ? payload[..6] : payload[6..];
            isNamed = !isApart ? isNamed : half == 0 ? isNamed[..6] : isNamed[6..];
        }
        else if (kind == 3)
        {
            payload = Hl7.Message(name, "CLINIC", Names[random.Next(Names.Length)], "WARD");
            payload = isApart ? payload[1..] : payload;
            int separators = 0;
            isNamed = [.. payload.Select(octet => (separators += octet == '|' ? 1 : 0) < 6 || (separators == 6 && octet == '|'))];
        }
        else
        {
            payload = new byte[random.Next(1, 200)];
            random.NextBytes(payload);
            payload[0] = 4;
            isNamed = [.. payload.Select((_, i) => i == 0)];
        }

        return payload;
    }

    // Any octet, though mostly what could be taken for a name.
    private static byte Text(Random random) => (byte)(random.Next(8) == 0 ? random.Next(256) : random.Next(32, 127));
}
