using System;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>A command line that can't be meant ends with 1 and a sentence that names what is wrong, never with a stack
/// trace.</summary>
[TestClass]
public sealed class WrongUsageTests
{
    private static readonly string Rules = Repository.PathOf("firmware", "tables", "imaging.rules");
    private static readonly string Site = Repository.PathOf("firmware", "tables", "example-site.toml");

    [TestMethod]
    [DataRow("compile RULES --site SITE --key k.pem --sequence abc --out x",
        "--sequence: 'abc' is not a whole number from 0 to 3000000000")]
    [DataRow("compile RULES --site SITE --key k.pem --sequence -1 --out x", "--sequence: '-1' is not a whole number")]
    [DataRow("compile RULES --site SITE --key k.pem --sequence 4294967296 --out x", "--sequence: '4294967296' is not a whole number")]
    [DataRow("compile RULES --site SITE --key k.pem --sequence 3000000001 --out x", "--sequence: '3000000001' is not a whole number")]
    [DataRow("compile RULES --site SITE --key k.pem --sequence 0 --out x", "--sequence: '0' is that of tables that are not signed")]
    [DataRow("compile RULES --site SITE --key k.pem --sequence EMPTY --out x", "--sequence: '' is not a whole number")]
    [DataRow("compile RULES --site SITE --key EMPTY --sequence 1 --out x", "--key: '' is empty; K.pem is needed")]
    [DataRow("compile RULES --site SITE --sequence 1 --sequence 2 --out x", "'--sequence' expects a single argument but 2 were provided")]
    [DataRow("compile RULES --site SITE --out EMPTY", "--out: '' is empty; T.sigtab is needed")]
    [DataRow("compile RULES --site SITE --out -", "--out needs a file")]
    [DataRow("compile RULES --site SITE --out x --catalogue EMPTY", "--catalogue: '' is empty; NAME is needed")]
    [DataRow("compile RULES --site SITE --out x --retire EMPTY", "--retire: '' is empty; K.pub.pem is needed")]
    [DataRow("compile RULES --site SITE --out x --retire", "missing for option: '--retire'")]
    [DataRow("compile RULES --site SITE --out x --lenient=no", "--lenient: 'no' is too much; it is given or left out")]
    [DataRow("compile RULES --site SITE --out x --rehome:1", "--rehome: '1' is too much")]
    [DataRow("compile RULES --site SITE --out x --force-dry-run=", "--force-dry-run: '' is too much")]
    [DataRow("compile RULES --site SITE --out x --allow-empty=yes", "--allow-empty: 'yes' is too much")]
    [DataRow("compile EMPTY --site SITE --out x", "RULES: '' is empty; the name of a file is needed")]
    [DataRow("check RULES --site EMPTY", "--site: '' is empty; F.toml is needed")]
    [DataRow("check RULES EMPTY --site SITE", "RULES: '' is empty")]
    [DataRow("check RULES --site SITE --lenient=x", "--lenient: 'x' is too much")]
    [DataRow("check RULES --site SITE --sequence 1", "--sequence: is no option of 'sigtab check'")]
    [DataRow("check RULES --site SITE --lenent", "--lenent: is no option of 'sigtab check'; did you mean '--lenient'?")]
    [DataRow("flash --prot x y", "sigtab: --prot: is no option of 'sigtab flash'; did you mean '--port'?\nsigtab: see 'sigtab flash --help'\n")]
    [DataRow("check RULES --sit SITE", "sigtab: --sit: is no option of 'sigtab check'; did you mean '--site'?\nsigtab: see 'sigtab check --help'\n")]
    [DataRow("compiel RULES --site SITE", "sigtab: 'compiel' is neither a command nor an option of sigtab; did you mean 'compile'?\nsigtab: see")]
    [DataRow("sign x --key EMPTY", "--key: '' is empty; K.pem is needed")]
    [DataRow("sign x --key k.pem --sequence 0", "--sequence: '0' is not a whole number from 1 to 3000000000")]
    [DataRow("sign x --key k.pem --sequence 1.5", "--sequence: '1.5' is not a whole number")]
    [DataRow("sign x --key k.pem --out EMPTY", "--out: '' is empty; T.sigtab is needed")]
    [DataRow("sign x --key k.pem --out -", "--out: '-' is no file")]
    [DataRow("sign EMPTY --key k.pem", "TABLE: '' is empty")]
    [DataRow("verify x --key EMPTY", "--key: '' is empty; K.pub.pem is needed")]
    [DataRow("verify EMPTY --key k.pub.pem", "TABLE: '' is empty")]
    [DataRow("verify x --key", "missing for option: '--key'")]
    [DataRow("verify x --key a --key b --key c", "a device trusts at most 2 keys; give no more with --key")]
    [DataRow("keygen --out EMPTY", "--out: '' is empty; NAME is needed")]
    [DataRow("keygen --out x --array EMPTY", "--array: '' is empty; csharp|c is needed")]
    [DataRow("keygen --out x --array cobol", "--array: 'cobol' is no language that there is an array for; possible are csharp and c")]
    [DataRow("keygen --out x --array csharpp", "did you mean 'csharp'?")]
    [DataRow("inspect EMPTY", "FILE: '' is empty")]
    [DataRow("inspect x --array pascal", "--array: 'pascal' is no language")]
    [DataRow("diff EMPTY x", "OLD: '' is empty")]
    [DataRow("diff x EMPTY", "NEW: '' is empty")]
    [DataRow("dry-run x y EMPTY", "CAPTURE: '' is empty")]
    [DataRow("flash --port EMPTY x", "--port: '' is empty; /dev/ttyUSB0 is needed")]
    [DataRow("flash --simulator EMPTY x", "--simulator: '' is empty; DIR is needed")]
    [DataRow("flash --port p EMPTY", "TABLE: '' is empty")]
    [DataRow("flash x --port", "missing for option: '--port'")]
    [DataRow("flash x --simulator", "missing for option: '--simulator'")]
    [DataRow("flash x", "flash needs either --port or --simulator")]
    [DataRow("flash --port p x --key EMPTY", "--key: '' is empty")]
    public void ABadValueIsNamedWithItsOption(string line, string complaint)
    {
        string[] arguments = [.. line.Split(' ').Select(w => w switch { "RULES" => Rules, "SITE" => Site, "EMPTY" => "", _ => w })];
        SigtabRun run = SigtabRun.Of(arguments);
        Assert.AreEqual(1, run.Code, run.Errors);
        StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        Assert.IsFalse(run.Errors.Contains("   at ", StringComparison.Ordinal)
            || run.Errors.Contains("System.", StringComparison.Ordinal), run.Errors);
        Assert.AreEqual("", run.Output);
    }
}
