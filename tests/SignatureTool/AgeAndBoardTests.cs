using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What a table says of its age, of the boards that it is for, and of the keys that it brings.</summary>
[TestClass]
public sealed class AgeAndBoardTests
{
    private const string Rules = "alert tcp any any -> any 1 ( flags:S; sid:1; )";

    private static readonly DateTimeOffset Built = new(2026, 11, 29, 23, 59, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("t.rules", Encoding.UTF8.GetBytes(Rules));
    }

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void A_table_without_any_of_it_is_as_it_was()
    {
        byte[] table = Compile("", new CompileOptions());
        Assert.AreEqual(0, table[38] | table[39]);
        Assert.AreEqual(13, table[7], "the needed sections, the site's names and what the imaging eyes ask for");
        SignatureTable loaded = Load(table);
        Assert.AreEqual((0, BoardClass.Any, 0), (loaded.LastDay, loaded.Board, loaded.TrustedCount));
    }

    [TestMethod]
    public void The_profile_counts_days_from_the_day_of_making()
    {
        byte[] table = Compile("fresh_days = 180", new CompileOptions());
        // 2026-11-29 is day 20,786; 180 days later is 2027-05-28, day 20,966: hexadecimal 51e6.
        Assert.AreEqual((0x51, 0xe6), ((int)table[38], (int)table[39]));
        StringAssert.Contains(TableText.HeadOf(Load(table)), ", old after 2027-05-28, ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_day_of_the_command_line_goes_before_the_profiles()
    {
        byte[] table = Compile("fresh_days = 180", new CompileOptions { LastDay = new DateOnly(1970, 1, 2) });
        Assert.AreEqual(1, Load(table).LastDay);
    }

    [TestMethod]
    public void The_board_says_the_class_and_the_keys_stand_behind_it()
    {
        byte[] point = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
        byte[] table = Compile("board = \"olimex-esp32-poe-iso-wrover\"", new CompileOptions { Trusted = [PublicKey.Of(point)] });
        int at = table.Length - TableFormat.SignaturePlace - 66;
        Assert.AreEqual((2, 1), ((int)table[at], (int)table[at + 1]));
        CollectionAssert.AreEqual(point, table[(at + 2)..(at + 66)]);
        SignatureTable loaded = Load(table);
        Assert.AreEqual(BoardClass.Large, loaded.Board);
        string head = TableText.HeadOf(loaded);
        StringAssert.Contains(head, "brings key " + KeyId.Of(point), StringComparison.Ordinal);
        StringAssert.Contains(head, "for boards with external memory", StringComparison.Ordinal);
        SignatureTable small = Load(Compile("board = \"wt32-eth01\"", new CompileOptions()));
        Assert.AreEqual(BoardClass.Small, small.Board);
        Assert.AreEqual(0, small.Openings, "it has no eyes");
        Assert.IsGreaterThan(0, loaded.Openings);
    }

    [TestMethod]
    public void A_section_of_the_box_that_can_not_be_is_refused()
    {
        byte[] table = Compile("board = \"wt32-eth01\"", new CompileOptions());
        int at = table.Length - TableFormat.SignaturePlace - 2;
        foreach ((int board, int keys) in new[] { (3, 0), (0, 0), (1, 1), (1, 3) })
        {
            byte[] changed = [.. table];
            changed[at] = (byte)board;
            changed[at + 1] = (byte)keys;
            var loaded = new SignatureTable();
            uint checksum = loaded.ChecksumOf(changed, changed.Length - TableFormat.SignaturePlace);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(TableFormat.ChecksumAt), checksum);
            int problem = loaded.Load(changed, changed.Length);
            Assert.AreEqual(TableProblem.Box, problem, $"{board}, {keys}");
            StringAssert.Contains(TableDamage.Describe(changed, problem), "a board class that there is not", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void Diff_tells_each_change()
    {
        byte[] point = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
        string[] lines = [.. TableDifference.Of(
            Load(Compile("fresh_days = 1", new CompileOptions())),
            Load(Compile("board = \"wt32-eth01\"", new CompileOptions { Trusted = [PublicKey.Of(point)] })))];
        CollectionAssert.Contains(lines, "~ age: old after 2026-11-30 -> never old");
        CollectionAssert.Contains(lines, "~ made for: all boards -> boards without external memory");
        CollectionAssert.Contains(lines, $"~ brings keys: none -> {KeyId.Of(point)}");
    }

    [TestMethod]
    public void The_command_line_makes_and_verifies_them()
    {
        string key = _folder.File("k");
        string next = _folder.File("next");
        string table = _folder.File("t.sigtab");
        string site = Site("board = \"wt32-eth01\"");
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", key).Code);
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", next).Code);
        string day = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string[] compile = ["compile", _folder.File("t.rules"), "--site", site, "--key", key + ".pem", "--sequence", "1", "--out", table];
        SigtabRun made = SigtabRun.Of([.. compile, "--fresh-until", day, "--trust", next + ".pub.pem"]);
        Assert.AreEqual(0, made.Code, made.Errors);

        SigtabRun here = SigtabRun.Of("verify", table, "--key", key + ".pub.pem", "--board", "olimex-esp32-poe-iso");
        Assert.AreEqual(0, here.Code, here.Errors);
        StringAssert.Contains(here.Output, $"for boards without external memory, old after {day}, hash ", StringComparison.Ordinal);
        SigtabRun there = SigtabRun.Of("verify", table, "--key", key + ".pub.pem", "--board", "olimex-esp32-poe-iso-wrover");
        Assert.AreEqual(2, there.Code);
        StringAssert.Contains(there.Errors, "refused: other board: it was compiled for boards without external memory",
            StringComparison.Ordinal);
        StringAssert.Contains(SigtabRun.Of("inspect", table).Output, "brings key ", StringComparison.Ordinal);

        foreach ((string[] arguments, int code, string complaint) in new (string[], int, string)[]
        {
            ([.. compile, "--fresh-until", "30.6.2027"], 1, "--fresh-until: '30.6.2027' is no day; write 2027-06-30"),
            ([.. compile, "--fresh-until", "2020-01-01"], 1, "2020-01-01 is past: the table would be old at once"),
            ([.. compile, "--fresh-until", "2200-01-01"], 1, "is too far away; 2149-06-06 is the last day"),
            ([.. compile, "--trust", next + ".pub.pem", "--retire", next + ".pub.pem"], 2, "is given with --retire and with --trust"),
            ([.. compile, "--trust", next + ".pem"], 2, "is a private key"),
            (["verify", table, "--key", key + ".pub.pem", "--board", "wt32"], 1, "--board: 'wt32' is no board that there is a profile of"),
        })
        {
            SigtabRun run = SigtabRun.Of(arguments);
            Assert.AreEqual(code, run.Code, run.Errors);
            StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [DataRow("fresh_days = 0")]
    [DataRow("fresh_days = 4000")]
    [DataRow("fresh_days = \"90\"")]
    public void A_profile_with_days_that_can_not_be_says_where(string line)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", Rules)], ("site.toml", SiteText(line)));
        Assert.IsTrue(compiled.HasErrors);
        StringAssert.Contains(string.Join('\n', compiled.Diagnostics), "fresh_days: needs a number from 1 to 3650",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_table_that_is_old_is_accepted_and_said_to_be()
    {
        string key = _folder.File("k");
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", key).Code);
        Assert.IsTrue(KeyFile.TryReadPrivate(key + ".pem", out System.Security.Cryptography.ECDsa? secret, out _));
        string table = _folder.Write("old.sigtab",
            TableSigner.Sign(Compile("", new CompileOptions { Sequence = 1, LastDay = new DateOnly(2001, 2, 3) }), secret));
        SigtabRun verify = SigtabRun.Of("verify", table, "--key", key + ".pub.pem");
        Assert.AreEqual(0, verify.Code, verify.Errors);
        StringAssert.Contains(verify.Errors, "old after 2001-02-03: a device goes on using it, and says daily that it is old",
            StringComparison.Ordinal);
    }

    private static string SiteText(string line) => Workbench.Site.Replace("[site]", "[site]\n" + line, StringComparison.Ordinal);

    private string Site(string line) => _folder.Write("site.toml", Encoding.UTF8.GetBytes(SiteText(line)));

    private static byte[] Compile(string line, CompileOptions options)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", Rules)], ("site.toml", SiteText(line)),
            options with { Built = Built });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled.Table;
    }

    private static SignatureTable Load(byte[] file)
    {
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        return table;
    }
}
