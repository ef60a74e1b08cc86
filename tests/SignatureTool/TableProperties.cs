using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What holds for every table that compiles, and for every file that was tampered with.</summary>
[TestClass]
public sealed class TableProperties
{
    [TestMethod]
    public void ConditionsOfAnyTableReadBackAsWritten()
    {
        RandomRules.Rules.Sample(
            text =>
            {
                CompiledTable compiled = Compile(text);
                if (compiled.Table is null)
                {
                    return;
                }

                var table = new SignatureTable();
                Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
                Rule[] rules = [.. Read(text).Where(IsActive)];
                IReadOnlyList<TableSignature> signatures = new TableReader(table).Signatures();
                Assert.AreEqual(rules.Length, signatures.Count);
                for (int s = 0; s < rules.Length; s++)
                {
                    Rule rule = rules[s];
                    TableSignature signature = signatures[s];
                    Assert.AreEqual((rule.Protocol, rule.Gid, rule.Sid, rule.Rev, rule.Priority, rule.Name),
                        (signature.Protocol, signature.Gid, signature.Sid, signature.Rev, signature.Lethality, signature.Name));
                    Assert.AreEqual((rule.Suspect, rule.RestrictedService, rule.BothWays),
                        ((signature.Traits & Traits.Suspect) != 0, (signature.Traits & Traits.RestrictedService) != 0,
                            (signature.Traits & Traits.BothWays) != 0));
                    Assert.AreEqual((rule.TalkIsSuspect, rule.TalkIsService),
                        ((signature.Traits & Traits.TalkIsSuspect) != 0, (signature.Traits & Traits.TalkIsService) != 0));
                    CollectionAssert.AreEqual(rule.Conditions.ToArray(), signature.Conditions.ToArray());
                    CollectionAssert.AreEqual(rule.SourcePorts.Ranges?.ToArray(), signature.SourcePorts.Ranges?.ToArray());
                    CollectionAssert.AreEqual(rule.DestinationPorts.Ranges?.ToArray(), signature.DestinationPorts.Ranges?.ToArray());
                    Assert.AreEqual(Words(rule.Source.Resolve()), Words(signature.Source));
                    Assert.AreEqual(Words(rule.Destination.Resolve()), Words(signature.Destination));
                }
            },
            iter: 150);
    }

    [TestMethod]
    public void NothingMatchesARuleThatIsSaidNotToMatch()
    {
        Gen.Select(RandomRules.Rules, RandomRules.Frame.Array[20]).Sample(
            (text, frames) =>
            {
                CompiledTable compiled = Compile(text);
                if (compiled.Table is null)
                {
                    return;
                }

                // Each of these rules has the number of its line.
                int[] impossible = [.. compiled.Diagnostics.Where(d =>
                    d.Message.EndsWith("can't match", StringComparison.Ordinal)).Select(d => d.Line)];
                var bench = new Workbench(text);
                foreach (byte[] frame in frames)
                {
                    Assert.AreEqual(0, bench.Sids(frame).Intersect(impossible).Count());
                }
            },
            iter: 150);
    }

    [TestMethod]
    public void TheMatcherFindsWhatRuleByRuleIsFound()
    {
        Gen.Select(RandomRules.Rules, RandomRules.Frame.Array[20]).Sample(
            (text, frames) =>
            {
                CompiledTable compiled = Compile(text);
                if (compiled.Table is null)
                {
                    return;
                }

                var bench = new Workbench(text);
                Rule[] rules = [.. Read(text).Where(IsActive)];
                var decoded = new Frame();
                foreach (byte[] frame in frames)
                {
                    byte[] slot = new byte[SlotBatch.SlotLength];
                    int captured = Math.Min(frame.Length, slot.Length);
                    frame.AsSpan(0, captured).CopyTo(slot);
                    decoded.Decode(slot, 0, captured, frame.Length);
                    int[] expected = [.. rules.Where(r => RuleOracle.Matches(r, decoded)).Select(r => r.Sid).Order()];
                    CollectionAssert.AreEqual(expected, bench.Sids(frame), Convert.ToHexString(frame));
                }
            },
            iter: 150);
    }

    [TestMethod]
    public void ADamagedTableIsRefusedAndAForgedOneNeverThrows()
    {
        Gen.Select(RandomRules.Rules, Gen.Select(Gen.Int[0, 65535], Gen.Byte).Array[1, 6], Gen.Int[0, 3],
            RandomRules.Frame.Array[4]).Sample(
            (text, changes, cut, frames) =>
            {
                byte[]? file = Compile(text).Table;
                if (file is null)
                {
                    return;
                }

                int end = file.Length - TableFormat.SignaturePlace;
                byte[] original = [.. file];
                foreach ((int at, byte octet) in changes)
                {
                    file[at % end] = octet;
                }

                bool changed = !file.SequenceEqual(original);
                int length = cut == 0 ? changes[0].Item1 % file.Length : file.Length;
                var table = new SignatureTable();
                if (changed || length != file.Length)
                {
                    Assert.AreNotEqual(TableProblem.None, table.Load(file, length));
                }

                // With the right checksum only the structure is left to be wrong; what is accepted must match without harm.
                BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(TableFormat.ChecksumAt), table.ChecksumOf(file, end));
                if (table.Load(file, file.Length) == TableProblem.None)
                {
                    Use(table, frames);
                }
            },
            iter: 600);
    }

    [TestMethod]
    public void EveryTruncationIsRefused()
    {
        byte[] file = Compile("alert tcp $EXTERNAL_NET any -> $HOME_NET [1,2] ( flags:S; content:\"x\"; sid:1; )").Table!;
        for (int length = 0; length < file.Length; length++)
        {
            Assert.AreNotEqual(TableProblem.None, new SignatureTable().Load(file, length));
            Assert.AreNotEqual(TableProblem.None, new SignatureTable().Load(file[..length], length));
        }

        Assert.AreEqual(TableProblem.Length, new SignatureTable().Load(file, file.Length + 1));
    }

    [TestMethod]
    public void EveryOctetOfAnUnsignedTableCounts()
    {
        byte[] file = Compile("alert tcp $EXTERNAL_NET any -> $HOME_NET [1,2] ( flags:S; content:\"x\"; sid:1; )").Table!;
        for (int at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x10;
            Assert.AreNotEqual(TableProblem.None, new SignatureTable().Load(file, file.Length), $"octet {at}");
            file[at] ^= 0x10;
        }
    }

    [TestMethod]
    public void TwoHundredSignaturesFitIntoSixteenKilobytes()
    {
        string rules = string.Concat(Enumerable.Range(0, 200).Select(i =>
            $"alert tcp $EXTERNAL_NET any -> $HOME_NET [{1000 + (7 * i)},{2001 + (7 * i)}] ( msg:\"{new string('x', 10 + (i % 10))} "
                + $"{i:000}\"; flags:S,CE; "
            + $"flow:stateless; {(i % 4 == 0 ? $"content:\"ab|{i:x2}|\",offset 2; " : "")}priority:2; metadata:suspect yes; sid:{i + 1}; "
                + ")\n"));
        string site = """
            [site]
            name = "imaging-vlan-3"
            tag = "vlan-3"
            board = "wt32-eth01"
            home = ["128.231.212.0/23", "24.3.21.0/24", "2001:db8:5::/48"]
            [groups]
            DNS_SERVERS = ["128.231.212.53", "128.231.213.53"]
            PACS = ["128.231.212.10"]
            MODALITIES = ["128.231.213.4", "128.231.213.20-128.231.213.39"]
            HL7_SERVERS = ["128.231.212.11"]
            PROXIES = ["128.231.212.12"]
            [[expected]]
            name = "GE AdvantageNet master console"
            source = "128.231.213.4"
            destination = "128.231.212.0"
            proto = "udp"
            port = 1600
            [collector]
            address = "udp://192.0.2.10:514"
            [clock]
            server = "192.0.2.1"
            """;
        var bench = new Workbench(rules, site);
        Assert.AreEqual(200, bench.Table.Count);
        int memory = bench.Table.MemoryOctets();
        Assert.IsTrue(memory <= TableCompiler.MostMemory, $"{memory} octets");

        // The matcher's arrays come on top: that is said, and nothing else.
        Assert.IsTrue(bench.Compiled.Diagnostics.All(d => d.Message.Contains("planned", StringComparison.Ordinal)),
            string.Join("\n", bench.Compiled.Diagnostics));
    }

    [TestMethod]
    public void ATableThatOffsetsCannotDescribeIsAnError()
    {
        string rules = string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $"alert tcp any {i + 1} -> any {i + 2} ( msg:\"number {i} of too many\"; sid:{i + 1}; )\n"));
        CompiledTable compiled = Compile(rules);
        Assert.IsNull(compiled.Table);
        StringAssert.Contains(compiled.Diagnostics[^1].Message, "longer than 65535 octets", StringComparison.Ordinal);
    }

    [TestMethod]
    public void MatchingAllocatesNothing()
    {
        var table = new SignatureTable();
        byte[] file = Compile("alert tcp any any <> any [80,81] ( flags:*SA; detection_filter:track by_src,count 1,seconds 9; sid:1; ) "
            + "alert ip any any -> $HOME_NET any ( content:\"a\"; ttl:>3; sid:2; )").Table!;
        table.Load(file, file.Length);
        var matcher = new SignatureMatcher(table);
        var frame = new Frame();
        byte[] bytes = new Traffic.Ip("192.0.2.1", "10.1.0.1").Tcp(80, 81, "SA", payload: "banana"u8.ToArray());
        int found = 0;
        long before = 0;
        for (int i = 0; i < 1000; i++)
        {
            if (i == 500)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            frame.Decode(bytes, 0, bytes.Length, bytes.Length);
            found += matcher.Match(frame, i);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(1999, found);
    }

    private static void Use(SignatureTable table, byte[][] frames)
    {
        var matcher = new SignatureMatcher(table);
        var frame = new Frame();
        foreach (byte[] bytes in frames)
        {
            frame.Decode(bytes, 0, bytes.Length, bytes.Length);
            int found = matcher.Match(frame, 1_000_000);
            for (int i = 0; i < found; i++)
            {
                int s = matcher.Matches[i];
                _ = table.Bytes[table.NameAt(s) + table.Bytes[table.NameAt(s) - 1] - 1];
                Assert.IsTrue(table.Lethality(s) <= 5 && table.Group(s) < table.Groups);
            }

            _ = table.ExpectedOf(frame);
            if (frame.IpVersion == 4)
            {
                _ = table.HomeIndex(frame.Source) + table.GroupOf(frame.Destination);
            }
            else if (frame.IpVersion == 6)
            {
                _ = table.IsHome6(frame.Bytes, frame.SourceAt);
                _ = table.GroupOf6(frame.Bytes, frame.DestinationAt);
            }
        }
    }

    private static CompiledTable Compile(string rules)
    {
        return TableCompiler.CompileText([("t.rules", rules)], ("site.toml", Workbench.Site));
    }

    private static IReadOnlyList<Rule> Read(string rules)
    {
        AddressRange home = AddressListParser.ReadRange("10.1.0.0/16", out _)!.Value;
        AddressRange home6 = AddressListParser.ReadRange("2001:db8:1::/48", out _)!.Value;
        AddressList List(params string[] ranges) =>
            new(false, [.. ranges.Select(r => AddressListParser.ReadRange(r, out _)!.Value)], [], []);
        return new RuleReader(
            name => name switch
            {
                "HOME_NET" => new AddressList(false, [home, home6], [], []),
                "EXTERNAL_NET" => new AddressList(false, [], [home, home6], []) { IsNegated = true },
                "DNS_SERVERS" => List("10.1.0.53"),
                "MODALITIES" => List("10.1.7.0/24"),
                _ => null,
            },
            []).Read("t.rules", rules);
    }

    private static bool IsActive(Rule rule)
    {
        return !rule.Source.Resolve().IsEmpty && !rule.Destination.Resolve().IsEmpty;
    }

    private static string Words(AddressSet set)
    {
        return string.Join(' ', set.Ranges4.Concat(set.Ranges6));
    }
}
