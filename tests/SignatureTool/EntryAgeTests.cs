using System;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Entries of a profile with an owner, a ticket and an end.</summary>
[TestClass]
public sealed class EntryAgeTests
{
    private const string Rule = "alert tcp any any -> any 5555 ( msg:\"x\"; metadata:suspect yes; sid:1; )\n";

    [TestMethod]
    public void WhatHasEndedIsLeftOutAndSaid()
    {
        CompiledTable compiled = Compile("until = 2026-01-31\nowner = \"R. Weber\"\nticket = \"CHG-4711\"");
        Diagnostic said = compiled.Diagnostics.Single(d => d.Option == "until");
        Assert.AreEqual(Severity.Warning, said.Severity);
        Assert.AreEqual("site.toml:4:1: warning: until: 'console' (R. Weber, CHG-4711) ended on 2026-01-31 and is left out: what it "
            + "explained is "
            + "told again; renew it or take it out", said.ToString());
        Assert.AreEqual(0, Load(compiled).Expected, "the table still has the entry");
        Assert.AreEqual("R. Weber, CHG-4711", compiled.Explanations.Single().Origin);
    }

    [TestMethod]
    [DataRow("until = 2026-02-01", true, DisplayName = "today is the last day")]
    [DataRow("until = \"2026-03-02\"", true, DisplayName = "29 days")]
    [DataRow("until = 2026-03-03", false, DisplayName = "30 days")]
    [DataRow("owner = \"R. Weber\"", false, DisplayName = "no end")]
    public void WhatEndsSoonIsSaidAndKept(string key, bool isSaid)
    {
        CompiledTable compiled = Compile(key);
        Assert.AreEqual(isSaid, compiled.Diagnostics.Any(d => d.Option == "until" && d.Severity == Severity.Note
            && d.Message.Contains("from the next day on a new table leaves it out", StringComparison.Ordinal)), string.Join('\n',
                compiled.Diagnostics));
        Assert.AreEqual(1, Load(compiled).Expected);
    }

    [TestMethod]
    [DataRow("until = \"soon\"")]
    [DataRow("until = 20260131")]
    [DataRow("until = 2026-01-31T10:00:00Z")]
    public void WhatIsNoDayIsAnError(string key)
    {
        CompiledTable compiled = Compile(key);
        Assert.IsTrue(compiled.HasErrors);
        Assert.IsTrue(compiled.Diagnostics.Any(d => d.Option == "until" && d.Line == 7
            && d.Message == "needs a day, such as until = 2027-06-30"), string.Join('\n', compiled.Diagnostics));
    }

    [TestMethod]
    public void CheckSaysItToo()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("t.rules", System.Text.Encoding.ASCII.GetBytes(Rule));
        string site = folder.Write("site.toml", System.Text.Encoding.ASCII.GetBytes(Site("until = 2020-01-31")));
        SigtabRun run = SigtabRun.Of("check", rules, "--site", site);
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.Contains(run.Errors, "warning: until: 'console' ended on 2020-01-31 and is left out");
    }

    private static CompiledTable Compile(string key) => TableCompiler.CompileText([("t.rules", Rule)], ("site.toml", Site(key)),
        new CompileOptions { Built = DateTimeOffset.Parse("2026-02-01T12:00:00Z", CultureInfo.InvariantCulture) });

    private static string Site(string key) =>
        "[site]\nname = \"w\"\nhome = [\"10.1.0.0/16\"]\n[[expected]]\nname = \"console\"\nsource = \"10.1.2.9\"\n" + key
        + "\n[collector]\naddress = \"udp://192.0.2.10:514\"\n";

    private static SignatureTable Load(CompiledTable compiled)
    {
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table;
    }
}
