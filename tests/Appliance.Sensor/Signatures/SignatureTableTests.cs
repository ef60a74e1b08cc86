using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Signatures;

/// <summary>What a loaded table says about the site, and why a file is refused.</summary>
[TestClass]
public sealed class SignatureTableTests
{
    private const string Site = """
        [site]
        name = "ward 7"
        home = ["128.231.212.0/23", "24.3.21.0/24", "128.231.214.0/25", "2001:db8:1::/48", "!24.3.21.7"]
        [groups]
        PACS = ["128.231.212.10", "2001:db8:1::10"]
        DNS_SERVERS = ["128.231.212.53", "128.231.212.10"]
        MODALITIES = ["128.231.213.0/24"]
        [severity]
        home = 1
        countermeasures = 3
        MODALITIES = 5
        [collector]
        address = "tcp://192.0.2.10:6514"
        [[expected]]
        name = "console"
        source = "128.231.213.4"
        destination = "128.231.212.0"
        proto = "udp"
        port = [1600, "1700:1702"]
        [[expected]]
        name = "scanner of the house"
        source = ["24.3.21.9", "2001:db8:1::9"]
        """;

    private static byte[] Compile(string rules =
        "alert tcp any any -> $HOME_NET [1,2] ( msg:\"one\"; flags:S; content:\"x\"; sid:1; )", string site = Site)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", site),
            new CompileOptions
            {
                Sequence = 9,
                Built = DateTimeOffset.FromUnixTimeSeconds(955084927),
                Rehome = true,
                Retired = [new KeyId("retired!"u8)],
            });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled.Table;
    }

    private static SignatureTable Load(byte[] file)
    {
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        return table;
    }

    private static int Address(string address)
    {
        return BinaryPrimitives.ReadInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());
    }

    [TestMethod]
    [DataRow("24.3.20.255", -1)]
    [DataRow("24.3.21.0", 0)]
    [DataRow("24.3.21.6", 6)]
    [DataRow("24.3.21.7", -1)]
    [DataRow("24.3.21.8", 7)]
    [DataRow("24.3.21.255", 254)]
    [DataRow("128.231.211.255", -1)]
    [DataRow("128.231.212.0", 255)]
    [DataRow("128.231.214.127", 255 + 639)]
    [DataRow("128.231.214.128", -1)]
    [DataRow("255.255.255.255", -1)]
    [DataRow("0.0.0.0", -1)]
    public void HomeAddressesAreNumberedInAscendingOrder(string address, int index)
    {
        Assert.AreEqual(index, Load(Compile()).HomeIndex(Address(address)));
    }

    [TestMethod]
    public void HomeSizeCountsIpv4()
    {
        Assert.AreEqual(255 + 640, Load(Compile()).HomeSize);
        Assert.AreEqual(int.MaxValue, Load(Compile(site: "[site]\nhome = [\"0.0.0.0/0\"]\n")).HomeSize);
        SignatureTable all = Load(Compile(site: "[site]\nhome = [\"0.0.0.0/0\"]\n"));
        Assert.AreEqual(0, all.HomeIndex(0));
        Assert.AreEqual(int.MaxValue, all.HomeIndex(-1));
    }

    [TestMethod]
    public void HomeOfIpv6()
    {
        SignatureTable table = Load(Compile());
        Assert.IsTrue(table.IsHome6(IPAddress.Parse("2001:db8:1:ffff:ffff:ffff:ffff:ffff").GetAddressBytes(), 0));
        Assert.IsFalse(table.IsHome6(IPAddress.Parse("2001:db8:2::").GetAddressBytes(), 0));
        Assert.IsFalse(table.IsHome6(IPAddress.Parse("2001:db8::ffff").GetAddressBytes(), 0));
    }

    // What the sensor uses is looked up by half of the address where a range is whole networks of 64 bits.
    [TestMethod]
    [DataRow("2001:db8:1::/64", "2001:db8:1::1", true)]
    [DataRow("2001:db8:1::/64", "2001:db8:1:0:ffff:ffff:ffff:ffff", true)]
    [DataRow("2001:db8:1::/64", "2001:db8:1:1::", false)]
    [DataRow("2001:db8:1::/64", "2001:db8:0:ffff:ffff:ffff:ffff:ffff", false)]
    [DataRow("2001:db8:1::/48", "2001:db8:1::1", true)]
    [DataRow("2001:db8:1::/48", "2001:db8:1:ffff::1", true)]
    [DataRow("2001:db8:1::/48", "2001:db8:2::1", false)]
    [DataRow("2001:db8:1::/80", "2001:db8:1::ffff:1", true)]
    [DataRow("2001:db8:1::/80", "2001:db8:1:0:1::1", false)]
    [DataRow("2001:db8:1::8000:0:0:0/65", "2001:db8:1:0:8000::1", true)]
    [DataRow("2001:db8:1::8000:0:0:0/65", "2001:db8:1::1", false)]
    [DataRow("10.0.0.0/8", "::1", false)]
    public void HomeOfIpv6ByNetworks(string home, string address, bool isHome)
    {
        SignatureTable table = Load(Compile(site: $"[site]\nhome = [\"{home}\"]\n"));
        byte[] octets = IPAddress.Parse(address).GetAddressBytes();
        Assert.AreEqual(isHome, table.IsHome6(octets, 0));
        table.FindLargestHome();
        Assert.AreEqual(isHome, table.IsHome6(octets, 0));
    }

    [TestMethod]
    [DataRow("128.231.213.77", "MODALITIES", 5)]
    [DataRow("128.231.212.10", "DNS_SERVERS", 4)]
    [DataRow("128.231.212.53", "DNS_SERVERS", 4)]
    public void TheMostCriticalGroupThatHoldsAnAddress(string address, string name, int criticality)
    {
        SignatureTable table = Load(Compile());
        int group = table.GroupOf(Address(address));
        Assert.AreEqual(name, Encoding.ASCII.GetString(table.Bytes, table.GroupNameAt(group), table.Bytes[table.GroupNameAt(group) - 1]));
        Assert.AreEqual(criticality, table.GroupCriticality(group));
        Assert.AreEqual(-1, table.GroupOf(Address("128.231.212.11")));
        Assert.AreEqual("PACS", Encoding.ASCII.GetString(
            table.Bytes, table.GroupNameAt(table.GroupOf6(IPAddress.Parse("2001:db8:1::10").GetAddressBytes(), 0)), 4));
    }

    [TestMethod]
    public void TheSiteIsInTheTable()
    {
        SignatureTable table = Load(Compile());
        string Text(int at) => at == 0 ? "" : Encoding.ASCII.GetString(table.Bytes, at + 1, table.Bytes[at]);
        Assert.AreEqual(("ward 7", "tcp://192.0.2.10:6514", ""),
            (Text(table.SiteNameAt), Text(table.CollectorAt), Text(table.ClockServerAt)));
        Assert.AreEqual((1, 3, 9u, 955084927L), (table.HomeCriticality, table.Countermeasures, table.Sequence, table.BuildTime));
    }

    [TestMethod]
    public void AnUnsignedTableHasFlagsAndRetiredKeysButNoKeyAndNoSignature()
    {
        SignatureTable table = Load(Compile());
        Assert.AreEqual((TableFlags.Rehome, 0, 0, 0, 0), (table.Flags, table.KeyIdAt, table.SignatureAt, table.AuthorityAt,
            table.AuthorityLength));
        Assert.AreEqual(1, table.RetiredCount);
        Assert.AreEqual("retired!", Encoding.ASCII.GetString(table.Bytes, table.RetiredAt, TableFormat.KeyIdLength));
    }

    [TestMethod]
    public void TheCollectorsAuthorityTravelsInTheTable()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("authority");
        try
        {
            string site = Path.Combine(folder.FullName, "site.toml");
            File.WriteAllText(site, "[site]\nhome = [\"10.0.0.0/8\"]\n[collector]\naddress = \"tls://192.0.2.10:6514\"\nca = "
                + "\"ca.pem\"\n[clock]\nserver = \"192.0.2.1\"\n");
            File.WriteAllText(Path.Combine(folder.FullName, "ca.pem"), certificate.ExportCertificatePem());
            CompiledTable compiled = TableCompiler.Compile([], site, new CompileOptions { AllowEmpty = true });
            Assert.AreEqual(0, compiled.Diagnostics.Count, string.Join('\n', compiled.Diagnostics));
            SignatureTable table = Load(compiled.Table!);
            CollectionAssert.AreEqual(certificate.RawData, table.Bytes[table.AuthorityAt..(table.AuthorityAt + table.AuthorityLength)]);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [TestMethod]
    public void OnlyAWholeCertificateIsTaken()
    {
        Assert.AreEqual(TableProblem.None, WithSection(TableFormat.AuthoritySection, 1, 0x30, 0x82, 0, 2, 5, 0));
        Assert.AreEqual(TableProblem.None, WithSection(TableFormat.AuthoritySection, 1, 0x30, 0x81, 2, 5, 0));
        Assert.AreEqual(TableProblem.Authority, WithSection(TableFormat.AuthoritySection, 1, 0x30, 0x82, 0, 3, 5, 0));
        Assert.AreEqual(TableProblem.Authority, WithSection(TableFormat.AuthoritySection, 1, 0x30, 0x81, 3, 5, 0));
        Assert.AreEqual(TableProblem.Authority, WithSection(TableFormat.AuthoritySection, 1, 0x31, 0x81, 2, 5, 0));
        Assert.AreEqual(TableProblem.Authority, WithSection(TableFormat.AuthoritySection, 2, 0x30, 0x81, 2, 5, 0));
        Assert.AreEqual(TableProblem.Authority, WithSection(TableFormat.AuthoritySection, 1, 0x30, 0x81));
    }

    [TestMethod]
    public void OnlyOtherKeysAreRetired()
    {
        byte[] other = "retired!"u8.ToArray();
        Assert.AreEqual(TableProblem.None, WithSection(TableFormat.RetiredSection, 1, other));
        Assert.AreEqual(TableProblem.Sections, WithSection(TableFormat.RetiredSection, 2, other));
        Assert.AreEqual(TableProblem.Retired, WithSection(TableFormat.RetiredSection, 0));
        byte[] file = Compile();
        file[TableFormat.FlagsAt] |= TableFlags.Signed;
        Assert.AreEqual(TableProblem.None, LoadForged(file));
        other.CopyTo(file, TableFormat.KeyIdAt);
        Assert.AreEqual(TableProblem.Retired, LoadForged(file));
    }

    [TestMethod]
    public void NamesAreATagOfATextAndANumber()
    {
        Assert.AreEqual(TableProblem.None, WithSection(TableFormat.NameSection, 1, 0, 0, 0, 0, 0, 1));
        Assert.AreEqual(TableProblem.None, WithSection(TableFormat.NameSection, 1, 0, 0, 0x7f, 0xff, 0xff, 0xff));
        Assert.AreEqual(TableProblem.Names, WithSection(TableFormat.NameSection, 1, 0, 0, 0, 0, 0, 0));
        Assert.AreEqual(TableProblem.Names, WithSection(TableFormat.NameSection, 1, 0, 0, 0x80, 0, 0, 0));
        Assert.AreEqual(TableProblem.Names, WithSection(TableFormat.NameSection, 1, 0, 3, 0, 0, 0, 1));
        Assert.AreEqual(TableProblem.Sections, WithSection(TableFormat.NameSection, 2, 0, 0, 0, 0, 0, 1));
        Assert.AreEqual(TableProblem.Sections, WithSection(TableFormat.NameSection, 1, 0, 0, 0, 0, 1));
    }

    [TestMethod]
    public void ACallerHasANameAndAList()
    {
        SignatureTable table = Load(Compile(site: Site
            + "\n[imaging.dicom]\n\"CT 1\" = \"128.231.212.9\"\n[imaging.hl7]\nRIS = \"128.231.212.8\"\n"));
        Assert.AreEqual(2 * TableFormat.CallerRecord, table.CallersEnd - table.CallersAt);
        byte[] first = table.Bytes[table.CallersAt..(table.CallersAt + TableFormat.CallerRecord)];
        int text = BinaryPrimitives.ReadUInt16BigEndian(first);
        Assert.AreEqual("CT 1", Encoding.ASCII.GetString(table.Bytes, text + 1, table.Bytes[text]));
        Assert.IsTrue(table.Holds(first[3], unchecked((int)0x80e7d409)));
        Assert.IsFalse(table.Holds(first[3], unchecked((int)0x80e7d408)));
        Assert.AreEqual((0, 1), ((int)first[4], (int)table.Bytes[table.CallersEnd - 2]));
    }

    [TestMethod]
    public void ATableHasTheSitesTagAndEnterpriseNumber()
    {
        SignatureTable table = Load(Compile());
        Assert.AreEqual("ward-7", Encoding.ASCII.GetString(table.Bytes, table.TagAt + 1, table.Bytes[table.TagAt]));
        Assert.AreEqual(32473, table.Enterprise);
        table = Load(Compile(site: Site.Replace("name = \"ward 7\"", "name = \"*\"\nenterprise = 2147483647", StringComparison.Ordinal)));
        Assert.AreEqual(0, table.TagAt);
        Assert.AreEqual(2147483647, table.Enterprise);
    }

    [TestMethod]
    public void UnusedPlacesHoldZeros()
    {
        foreach (int at in new[] { TableFormat.FlagsAt, TableFormat.KeyIdAt, TableFormat.KeyIdAt + 7 })
        {
            byte[] file = Compile();
            file[at] |= TableFlags.All + 1;
            Assert.AreEqual(TableProblem.Header, LoadForged(file), $"octet {at}");
        }

        for (int back = 1; back <= TableFormat.SignaturePlace; back++)
        {
            byte[] file = Compile();
            file[^back] = 1;
            Assert.AreEqual(TableProblem.Header, LoadForged(file));
        }

        byte[] place = Compile();
        place[TableFormat.SignatureLengthAt + 1] = 63;
        Assert.AreEqual(TableProblem.Length, LoadForged(place));
    }

    // The highest octets of two words, which a product alone would keep in the checksum's highest octet: one in 256 pairs was
    // missed.
    [TestMethod]
    public void TwoDamagedOctetsDoNotHideEachOther()
    {
        byte[] file = Compile();
        int end = file.Length - TableFormat.SignaturePlace;
        var table = new SignatureTable();
        uint right = table.ChecksumOf(file, end);
        int first = TableFormat.ChecksumAt + 4 + 3;
        for (int one = 1; one < 256; one++)
        {
            file[first] ^= (byte)one;
            for (int other = 1; other < 256; other++)
            {
                file[first + 40] ^= (byte)other;
                Assert.AreNotEqual(right, table.ChecksumOf(file, end), $"{one}, {other}");
                file[first + 40] ^= (byte)other;
            }

            file[first] ^= (byte)one;
        }
    }

    [TestMethod]
    public void OpeningFollowsNothingThatIsInTheFile()
    {
        byte[] file = Compile();
        Array.Fill(file, (byte)0xff, TableFormat.DirectoryAt, file.Length - TableFormat.DirectoryAt - TableFormat.SignaturePlace);
        uint checksum = new SignatureTable().ChecksumOf(file, file.Length - TableFormat.SignaturePlace);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(TableFormat.ChecksumAt), checksum);
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Open(file, file.Length));
        Assert.AreEqual(0, table.SiteNameAt);
        Assert.AreEqual(0, table.Count);
        Assert.AreEqual(TableProblem.Sections, table.LoadContents());
    }

    [TestMethod]
    public void DefaultsOfSeverity()
    {
        SignatureTable table = Load(Compile(site: "[site]\nhome = [\"10.0.0.0/8\"]\n[groups]\nDNS_SERVERS = [\"10.0.0.1\"]\nPACS "
            + "= [\"10.0.0.2\"]\nOURS = [\"10.0.0.3\"]\n"));
        Assert.AreEqual((2, 2, 4, 3, 3), (table.HomeCriticality, table.Countermeasures,
            table.GroupCriticality(table.GroupOf(Address("10.0.0.1"))),
            table.GroupCriticality(table.GroupOf(Address("10.0.0.2"))), table.GroupCriticality(table.GroupOf(Address("10.0.0.3")))));
    }

    [TestMethod]
    public void TheGroupThatADestinationNames()
    {
        SignatureTable table = Load(Compile(
            "alert tcp any any -> $PACS 1 ( sid:1; ) alert tcp $PACS any -> any 1 ( sid:2; ) alert tcp any any -> "
                + "[$PACS,$MODALITIES] 1 ( sid:3; )"));
        string Name(int s) => table.Group(s) < 0 ? "" : NameOf(table.GroupNameAt(table.Group(s)));
        string NameOf(int at) => Encoding.ASCII.GetString(table.Bytes, at, table.Bytes[at - 1]);
        CollectionAssert.AreEqual(new[] { "PACS", "", "MODALITIES" }, Enumerable.Range(0, 3).Select(Name).ToArray());
    }

    [TestMethod]
    public void BenignExplanations()
    {
        SignatureTable table = Load(Compile());
        int Of(byte[] bytes)
        {
            var frame = new Frame();
            frame.Decode(bytes, 0, bytes.Length, bytes.Length);
            return table.ExpectedOf(frame);
        }

        Assert.AreEqual(0, Of(new Ip("128.231.213.4", "128.231.212.0").Udp(3701, 1600, new byte[46])));
        Assert.AreEqual(0, Of(new Ip("128.231.213.4", "128.231.212.0").Udp(3701, 1702, new byte[46])));
        Assert.AreEqual(-1, Of(new Ip("128.231.213.4", "128.231.212.0").Udp(3701, 1601, new byte[46])));
        Assert.AreEqual(-1, Of(new Ip("128.231.213.4", "128.231.212.0").Tcp(3701, 1600, "S")));
        Assert.AreEqual(-1, Of(new Ip("128.231.213.4", "128.231.212.1").Udp(3701, 1600, new byte[46])));
        Assert.AreEqual(1, Of(new Ip("24.3.21.9", "8.8.8.8").Echo(false, 1, 1)));
        Assert.AreEqual(1, Of(new Ip("2001:db8:1::9", "2001:db8::8").Tcp(1, 2, "S")));
        Assert.AreEqual(-1, Of(new Ip("2001:db8:1::a", "2001:db8::8").Tcp(1, 2, "S")));
        Assert.AreEqual(-1, Of(new Lan("24.3.21.0/24").WhoHas("24.3.21.9", "24.3.21.1")));
    }

    [TestMethod]
    [DataRow(0, 0x55, TableProblem.Magic)]
    [DataRow(4, 2, TableProblem.Version)]
    [DataRow(11, 1, TableProblem.Length)]
    [DataRow(15, 1, TableProblem.Checksum)]
    public void AHeaderThatIsWrong(int at, int octet, int problem)
    {
        byte[] file = Compile();
        file[at] = (byte)octet;
        Assert.AreEqual(problem, new SignatureTable().Load(file, file.Length));
    }

    // Octets within a section are changed and the checksum made right, so that only the structure can be at fault.
    [TestMethod]
    [DataRow(TableFormat.SiteSection, 0, 0xff, TableProblem.Site)]
    [DataRow(TableFormat.SiteSection, TableFormat.SiteCriticality, 6, TableProblem.Site)]
    [DataRow(TableFormat.SiteSection, TableFormat.SiteName, 0xff, TableProblem.Site)]
    [DataRow(TableFormat.TextSection, 1, '"', TableProblem.Text)]
    [DataRow(TableFormat.TextSection, 0, 0xff, TableProblem.Text)]
    [DataRow(TableFormat.ListSection, 0, 0xff, TableProblem.Addresses)]
    [DataRow(TableFormat.ListSection, 6, 0xff, TableProblem.Addresses)]
    [DataRow(TableFormat.Range4Section, 4, 0, TableProblem.Addresses)]
    [DataRow(TableFormat.PortSection, 0, 0xff, TableProblem.Ports)]
    [DataRow(TableFormat.PortSection, 1, 0xff, TableProblem.Ports)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureProtocol, 9, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureLethality, 6, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureGroup, 99, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureSource, 0xff, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureDestinationPorts, 0xff, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureName, 0xff, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureTraits, 0, TableProblem.Condition)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureConditions, 0, TableProblem.Condition)]
    [DataRow(TableFormat.ConditionSection, 1, 4, TableProblem.Condition)]
    [DataRow(TableFormat.ConditionSection, 4, 99, TableProblem.Condition)]
    [DataRow(TableFormat.ConditionSection, 10, 0, TableProblem.Condition)]
    [DataRow(TableFormat.GroupSection, 4, 0, TableProblem.Site)]
    [DataRow(TableFormat.GroupSection, 5, 1, TableProblem.Site)]
    [DataRow(TableFormat.GroupSection, 4, 3, TableProblem.Site)]
    [DataRow(TableFormat.ExpectedSection, 2, 0xff, TableProblem.Site)]
    public void AStructureThatIsWrong(int section, int at, int octet, int problem)
    {
        byte[] file = Compile();
        file[SectionOf(file, section) + at] = (byte)octet;
        Assert.AreEqual(problem, LoadForged(file));
    }

    // An octet of length, ten octets that could be the length of another text, and so on: only the first is a text's beginning.
    [TestMethod]
    [DataRow(TableFormat.SiteSection, TableFormat.SiteName, TableProblem.Site)]
    [DataRow(TableFormat.SiteSection, TableFormat.SiteCollector, TableProblem.Site)]
    [DataRow(TableFormat.GroupSection, 0, TableProblem.Site)]
    [DataRow(TableFormat.ExpectedSection, 0, TableProblem.Site)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureName, TableProblem.Signature)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureConditions, TableProblem.Condition)]
    [DataRow(TableFormat.SignatureSection, TableFormat.SignatureDestinationPorts, TableProblem.Signature)]
    public void AnOffsetThatPointsIntoAThing(int section, int at, int problem)
    {
        byte[] file = Compile();
        int field = SectionOf(file, section) + at;
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(field), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(field)) + 1));
        Assert.AreEqual(problem, LoadForged(file));
    }

    [TestMethod]
    public void SectionsThatShareOctets()
    {
        byte[] file = Compile();
        int texts = DirectoryOf(file, TableFormat.TextSection);
        int conditions = DirectoryOf(file, TableFormat.ConditionSection);
        file.AsSpan(texts + 4, 2).CopyTo(file.AsSpan(conditions + 4));
        Assert.AreEqual(TableProblem.Sections, LoadForged(file));
    }

    [TestMethod]
    [DataRow(1, 8, DisplayName = "a bit that means nothing")]
    [DataRow(1, 2, DisplayName = "any case, and an octet in lower case")]
    [DataRow(6, 0, DisplayName = "no octets")]
    public void AContentThatIsWrong(int at, int octet)
    {
        byte[] file = Compile();
        int content = SectionOf(file, TableFormat.ConditionSection) + 4;
        Assert.AreEqual(Condition.Content, file[content]);
        file[content + at] = (byte)octet;
        Assert.AreEqual(TableProblem.Condition, LoadForged(file));
    }

    [TestMethod]
    public void ADirectoryThatIsWrong()
    {
        byte[] twice = Compile();
        twice[TableFormat.DirectoryAt + TableFormat.DirectoryEntry + 1] = 1;
        Assert.AreEqual(TableProblem.Sections, LoadForged(twice));
        byte[] missing = Compile();
        missing[TableFormat.DirectoryAt + 1] = 200;
        Assert.AreEqual(TableProblem.Missing, LoadForged(missing));
        byte[] outside = Compile();
        outside[TableFormat.DirectoryAt + 4] = 0xff;
        Assert.AreEqual(TableProblem.Sections, LoadForged(outside));
        byte[] many = Compile();
        many[TableFormat.DirectoryAt + 3] = 2;
        many[TableFormat.SectionCountAt] = 0xff;
        Assert.AreEqual(TableProblem.Sections, LoadForged(many));
    }

    [TestMethod]
    public void EveryProblemHasAName()
    {
        Assert.AreEqual(TableProblem.Count, Enumerable.Range(0, TableProblem.Count).Select(TableProblemWord.Of).Distinct().Count());
    }

    [TestMethod]
    public void AFloodOfAddressesDoesNotGrowTheRateFilter()
    {
        SignatureTable table = Load(Compile("alert tcp any any -> any any ( detection_filter:track by_src,count 1,seconds 60; sid:1; )"));
        var matcher = new SignatureMatcher(table);
        var frame = new Frame();
        int matches = 0;
        byte[][] flood = [.. Enumerable.Range(0, 10_000).Select(i => new Ip($"9.{i >> 8 & 255}.{i & 255}.1", "10.0.0.1").Tcp(1, 2, "S"))];
        Assert.AreEqual(0, Match(flood[0], 0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < flood.Length; i++)
        {
            matches += Match(flood[i], i);
        }

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.AreEqual(0, matches);

        int Match(byte[] bytes, long stamp)
        {
            frame.Decode(bytes, 0, bytes.Length, bytes.Length);
            return matcher.Match(frame, stamp);
        }
    }

    private static int DirectoryOf(byte[] file, int section)
    {
        int entry = TableFormat.DirectoryAt;
        while (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry)) != section)
        {
            entry += TableFormat.DirectoryEntry;
        }

        return entry;
    }

    private static int SectionOf(byte[] file, int section) =>
        BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(DirectoryOf(file, section) + 4));

    // A table without the last section, and one more in its place.
    private static int WithSection(int section, int items, params byte[] octets)
    {
        // A site without a name has no tag, and its table no section of names.
        byte[] file = Compile(site: Site.Replace("name = \"ward 7\"", string.Empty, StringComparison.Ordinal));
        int entry = TableFormat.DirectoryAt + (TableFormat.LastNeededSection * TableFormat.DirectoryEntry);
        int end = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry + 4));
        byte[] changed = [.. file[..end], .. octets, .. new byte[TableFormat.SignaturePlace]];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(TableFormat.LengthAt), changed.Length);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(entry), (ushort)section);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(entry + 2), (ushort)items);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(entry + 4), (ushort)end);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(entry + 6), (ushort)octets.Length);

        // In the place of what stands behind it a section that a reader skips.
        const int Unknown = 99;
        int openings = entry + TableFormat.DirectoryEntry;
        Assert.AreEqual(TableFormat.OpeningSection, BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(openings)));
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(openings), Unknown);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(openings + 4), (ushort)end);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(openings + 6), 0);
        return LoadForged(changed);
    }

    private static int LoadForged(byte[] file)
    {
        uint checksum = new SignatureTable().ChecksumOf(file, file.Length - TableFormat.SignaturePlace);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(TableFormat.ChecksumAt), checksum);
        return new SignatureTable().Load(file, file.Length);
    }
}
