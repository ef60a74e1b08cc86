using System;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Weak services, by what the server says first.</summary>
[TestClass]
public sealed class WeaknessTests
{
    private const string Server = "10.20.30.50";
    private const string Client = "10.20.30.60";

    [TestMethod]
    [DataRow(445, "0000005F ff534d4272 00000000 98 0128 0000000000000000000000000000000000000000 11 0000 03", "SMB 1")]
    [DataRow(443, "160300004a 02000046 0300", "SSL 3.0")]
    [DataRow(8443, "160301004a 02000046 0301", "TLS 1.0")]
    [DataRow(2762, "160302004a 02000046 0302", "TLS 1.1")]
    [DataRow(3389, "03000013 0ed0 00001234 00 02 00 0800 00000000", "RDP without TLS")]
    [DataRow(3389, "0300000b 06d0 00001234 00", "RDP without TLS")]
    [DataRow(5901, "0101", "VNC without password")]
    [DataRow(5900, "00000001", "VNC without password")]
    [DataRow(23, "fffd18fffd20", "telnet")]
    public void AWeakServiceIsToldWithItsEvidence(int port, string answer, string name)
    {
        var ward = new Ward();
        ward.Answer(Server, Client, Octets(answer), 40000, port);
        string line = ward.Of("weak-service").Single();
        StringAssert.Contains(line, "state=\"open\" severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.60\" srcs=\"1\" dst=\"10.20.30.50\"");
        StringAssert.Contains(line, FormattableString.Invariant($" dport=\"{port}\" frames=\"1\" name=\"{name}\""));
        StringAssert.Contains(line, FormattableString.Invariant($"] weak service: {name} at 10.20.30.50 port {port}, "));
    }

    [TestMethod]
    [DataRow(445, "0000005F ff534d4272 00000000 98 0128 0000000000000000000000000000000000000000 01 ffff 03", DisplayName = "no dialect fits")]
    [DataRow(445, "0000005F ff534d4272 00000000 18 0128 0000000000000000000000000000000000000000 11 0000 03", DisplayName = "a client asks")]
    [DataRow(445, "00000050 fe534d42 4000 0000 0000000000000000000000000000000000000000000000000000000000", DisplayName = "SMB 2")]
    [DataRow(443, "160303004a 02000046 0303", DisplayName = "TLS 1.2")]
    [DataRow(443, "160301004a 01000046 0301", DisplayName = "ClientHello")]
    [DataRow(3389, "03000013 0ed0 00001234 00 02 00 0800 02000000", DisplayName = "RDP with NLA")]
    [DataRow(3389, "03000013 0ed0 00001234 00 03 00 0800 05000000", DisplayName = "RDP insists on NLA")]
    [DataRow(5901, "0102", DisplayName = "VNC with a password")]
    [DataRow(5901, "020102", DisplayName = "two ways")]
    [DataRow(80, "0101", DisplayName = "no VNC")]
    [DataRow(2323, "fffd18fffd20", DisplayName = "no telnet")]
    public void WhatIsNotWeakIsNotTold(int port, string answer)
    {
        var ward = new Ward();
        ward.Answer(Server, Client, Octets(answer), 40000, port);
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void EachHostIsToldOnceAMonth()
    {
        var ward = new Ward();
        for (int day = 0; day < 65; day++)
        {
            ward.Answer(Server, Client, Octets("0101"), 40000, 5900);
            ward.Answer(Server, "10.20.30.61", Octets("0101"), 40001, 5900);
            ward.Wait(TimeSpan.FromDays(1.01));
        }

        Assert.AreEqual(3, ward.Of("weak-service").Count(line => line.Contains("state=\"open\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void FromOutsideItIsMedium()
    {
        var ward = new Ward();
        ward.Answer(Server, "203.0.113.5", Octets("0101"), 40000, 5900);
        StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"3\"");
    }

    [TestMethod]
    public void WhatOthersServeIsNotTheSites()
    {
        var ward = new Ward();
        ward.Answer("203.0.113.5", Client, Octets("160301004a 02000046 0301"), 40000, 443);
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void TheProfileAcceptsEachSingly()
    {
        var ward = new Ward("[imaging.accepted]\nvnc = \"10.20.30.50\"\ntelnet = [\"10.20.30.0/24\"]\n");
        ward.Answer(Server, Client, Octets("0101"), 40000, 5900);
        ward.Answer(Server, Client, Octets("fffd18fffd20"), 40000, 23);
        Assert.IsEmpty(ward.Lines);
        ward.Answer("10.20.30.51", Client, Octets("0101"), 40000, 5900);
        ward.Answer(Server, Client, Octets("160301004a 02000046 0301"), 40000, 443);
        CollectionAssert.AreEqual(new[] { "VNC without password", "TLS 1.0" }, ward.Of("weak-service").Select(NameOf).ToArray());
    }

    private static string NameOf(string line) => line.Split(" name=\"")[1].Split('"')[0];

    private static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
