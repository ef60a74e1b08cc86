using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>keygen, sign and verify as their user sees them, wrong keys included.</summary>
[TestClass]
public sealed class KeyCommandTests
{
    private static readonly string Rules = Repository.PathOf("firmware", "tables", "imaging.rules");
    private static readonly string Site = Repository.PathOf("firmware", "tables", "example-site.toml");

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        _folder.Dispose();
    }

    [TestMethod]
    public void AnAnalystsWayFromAKeyToAVerifiedTable()
    {
        string key = _folder.File("k");
        string table = _folder.File("t.sigtab");
        SigtabRun keygen = SigtabRun.Of("keygen", "--out", key, "--array", "c");
        Assert.AreEqual(0, keygen.Code, keygen.Errors);
        StringAssert.StartsWith(keygen.Output, "key ", StringComparison.Ordinal);
        string id = keygen.Output[4..20];
        StringAssert.Contains(keygen.Output, $"static const unsigned char key_{id}[64] = {{\n    0x", StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key + ".pem"));
        }

        SigtabRun compile = SigtabRun.Of("compile", Rules, "--site", Site, "--key", key + ".pem", "--sequence", "8", "--out", table);
        Assert.AreEqual(0, compile.Code, compile.Errors);
        StringAssert.Contains(compile.Output, $"{table}: signed by key {id}, sequence 8", StringComparison.Ordinal);
        SigtabRun verify = SigtabRun.Of("verify", table, "--key", key + ".pub.pem");
        Assert.AreEqual(0, verify.Code, verify.Errors);
        StringAssert.Contains(verify.Output, $"accepted: sequence 8, built ", StringComparison.Ordinal);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(table)))[..8];
        StringAssert.EndsWith(verify.Output.TrimEnd(), $"site imaging-vlan-3, signed by {id}, hash {hash}", StringComparison.Ordinal);
        Assert.AreEqual($"key {id}, ECDSA P-256\n", SigtabRun.Of("inspect", key + ".pub.pem").Output.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void KeysThatExistAreNotReplaced()
    {
        string key = Keys("k");
        byte[] before = File.ReadAllBytes(key + ".pem");
        SigtabRun again = SigtabRun.Of("keygen", "--out", key);
        Assert.AreEqual(2, again.Code);
        StringAssert.Contains(again.Errors, "already exists", StringComparison.Ordinal);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(key + ".pem"));
    }

    [TestMethod]
    public void ASignatureOfAnotherKeyIsRefusedAndBothIdsAreNamed()
    {
        string mine = Keys("mine");
        string theirs = Keys("theirs");
        string table = Table();
        Assert.AreEqual(2, SigtabRun.Of("verify", table, "--key", mine + ".pub.pem").Code);
        SigtabRun sign = SigtabRun.Of("sign", table, "--key", theirs + ".pem", "--sequence", "3");
        Assert.AreEqual(0, sign.Code, sign.Errors);
        SigtabRun refused = SigtabRun.Of("verify", table, "--key", mine + ".pub.pem");
        Assert.AreEqual(2, refused.Code);
        StringAssert.Contains(refused.Errors,
            $"{table}: refused: unknown key: it is signed by {IdOf(theirs)}, and trusted is {IdOf(mine)}", StringComparison.Ordinal);
        Assert.AreEqual(0, SigtabRun.Of("verify", table, "--key", mine + ".pub.pem", "--key", theirs + ".pub.pem").Code);
    }

    [TestMethod]
    public void AKeyRetiresAnotherButNeverItself()
    {
        string old = Keys("old");
        string fresh = Keys("fresh");
        string table = _folder.File("t.sigtab");
        string[] compile = ["compile", Rules, "--site", Site, "--sequence", "5", "--out", table, "--retire", old + ".pub.pem", "--key"];
        SigtabRun wrong = SigtabRun.Of([.. compile, old + ".pem"]);
        Assert.AreEqual(2, wrong.Code);
        StringAssert.Contains(wrong.Errors, $"the table retires key {IdOf(old)}, which would sign it", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(table));
        SigtabRun right = SigtabRun.Of([.. compile, fresh + ".pem"]);
        Assert.AreEqual(0, right.Code, right.Errors);
        StringAssert.Contains(SigtabRun.Of("inspect", table).Output, $"signed by {IdOf(fresh)}, retires {IdOf(old)}",
            StringComparison.Ordinal);
        Assert.AreEqual(2, SigtabRun.Of("sign", table, "--key", old + ".pem").Code);
    }

    [TestMethod]
    public void WhatIsNoKeyOfTheRightKindIsCalledByItsName()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var password = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
        var secrets = new Dictionary<string, string>
        {
            [p384.ExportPkcs8PrivateKeyPem()] = "is a key of 384 bits on another curve",
            [rsa.ExportPkcs8PrivateKeyPem()] = "is an RSA key",
            [rsa.ExportRSAPrivateKeyPem()] = "is an RSA key",
            [p256.ExportEncryptedPkcs8PrivateKeyPem("secret", password)] = "is a private key under a password",
            [p256.ExportSubjectPublicKeyInfoPem()] = "is a public key; signing needs the private one",
            ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] = "is no key but a 'CERTIFICATE'",
            ["-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] = "is no usable key for ECDSA P-256",
            ["-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,15F6930789A9E95C\n\nAAAA\n-----END EC "
                + "PRIVATE KEY-----\n"]
                = "is a private key under a password, which sigtab doesn't ask for; take it off with: openssl pkey -in "
                    + $"{_folder.File("wrong.pem")} -out",
            ["nothing"] = "is no key: there is no PEM block",
        };
        string table = Table();
        byte[] before = File.ReadAllBytes(table);
        foreach ((string pem, string complaint) in secrets)
        {
            string file = _folder.File("wrong.pem");
            File.WriteAllText(file, pem);
            SigtabRun sign = SigtabRun.Of("sign", table, "--key", file, "--sequence", "1");
            Assert.AreEqual(2, sign.Code);
            StringAssert.StartsWith(sign.Errors, $"{file}: error: {complaint}", StringComparison.Ordinal);
            CollectionAssert.AreEqual(before, File.ReadAllBytes(table));
        }

        string open = _folder.File("open.pem");
        File.WriteAllText(open, p256.ExportPkcs8PrivateKeyPem());
        SigtabRun verify = SigtabRun.Of("verify", table, "--key", open);
        Assert.AreEqual(2, verify.Code);
        StringAssert.Contains(verify.Errors, "is a private key; here the public one is needed", StringComparison.Ordinal);
        string pressed = _folder.File("pressed.pub.pem");
        File.WriteAllText(pressed, Compressed(p256));
        SigtabRun compressed = SigtabRun.Of("verify", table, "--key", pressed);
        Assert.AreEqual(2, compressed.Code);
        StringAssert.Contains(compressed.Errors, $"{pressed}: error: is a public key in compressed form; write it whole with: openssl ec "
            + $"-pubin -in {pressed}", StringComparison.Ordinal);
        SigtabRun folder = SigtabRun.Of("verify", table, "--key", _folder.Path);
        Assert.AreEqual(2, folder.Code);
        StringAssert.Contains(folder.Errors, "the key can't be read: it is a folder", StringComparison.Ordinal);
        SigtabRun missing = SigtabRun.Of("verify", table, "--key", _folder.File("not-there.pem"));
        StringAssert.Contains(missing.Errors, "the key can't be read: there is no such file", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("[site]\nhome = [\"10.1.0.0/16\"]\n", "1:1", "name: is missing")]
    [DataRow("[site]\nhome = [\"10.1.0.0/16\"]\nname = \"\"\n", "3:8", "name: is missing")]
    [DataRow("[site]\nname = \"*\"\nhome = [\"10.1.0.0/16\"]\n", "2:8", "name: '*' is the built-in table's")]
    public void WhatNoKeyMaySignIsToldByCheckAtItsPlace(string profile, string place, string complaint)
    {
        string site = _folder.Write("s.toml", System.Text.Encoding.UTF8.GetBytes(profile));
        SigtabRun check = SigtabRun.Of("check", Rules, "--site", site);
        Assert.AreEqual(0, check.Code, check.Errors);
        StringAssert.Contains(check.Errors, $"{site}:{place}: warning: {complaint}", StringComparison.Ordinal);
        string[] compile = ["compile", Rules, "--site", site, "--out", _folder.File("t.sigtab")];
        SigtabRun unsigned = SigtabRun.Of(compile);
        Assert.AreEqual(0, unsigned.Code, unsigned.Errors);
        StringAssert.Contains(unsigned.Errors, $"{site}:{place}: warning: {complaint}", StringComparison.Ordinal);
        File.Delete(_folder.File("t.sigtab"));
        SigtabRun signed = SigtabRun.Of([.. compile, "--key", Keys("k") + ".pem", "--sequence", "1"]);
        Assert.AreEqual(2, signed.Code);
        StringAssert.Contains(signed.Errors, $"{site}:{place}: error: {complaint}", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(_folder.File("t.sigtab")));
    }

    [TestMethod]
    public void CheckSaysOfAnEmptyTableWhatCompileDoes()
    {
        string none = _folder.Write("none.rules", [(byte)'\n']);
        SigtabRun check = SigtabRun.Of("check", none, "--site", Site);
        Assert.AreEqual(2, check.Code);
        StringAssert.Contains(check.Errors, "--allow-empty, if that is meant", StringComparison.Ordinal);
        Assert.AreEqual(0, SigtabRun.Of("check", none, "--site", Site, "--allow-empty").Code);
    }

    [TestMethod]
    public void FilesThatCannotBeReadOrWrittenAreTold()
    {
        string key = Keys("k");
        string table = Table();
        foreach ((string[] arguments, string complaint) in new (string[], string)[]
        {
            (["verify", _folder.Path, "--key", key + ".pub.pem"], "can't be read: it is a folder"),
            (["verify", table + "x", "--key", key + ".pub.pem"], "can't be read: there is no such file"),
            (["sign", Rules, "--key", key + ".pem"], "error: no signature table: it begins with "),
            (["sign", table, "--key", key + ".pem"], "sequence 0 is that of tables that were never numbered"),
            (["sign", table, "--key", key + ".pem", "--sequence", "1", "--out", _folder.Path], "can't be written: it is a folder"),
            (["sign", table, "--key", key + ".pem", "--sequence", "1", "--out", _folder.File("no/such")],
                "can't be written: its folder does not exist"),
            (["keygen", "--out", _folder.File("no/such")], "can't be written: its folder does not exist"),
            (["compile", Rules, "--site", Site, "--out", Rules], "is also an input"),
            (["compile", Rules, "--site", Site, "--out", table, "--retire", key + ".pem"], "is a private key"),
            (["inspect", key + ".pem"], "is a private key"),
        })
        {
            SigtabRun run = SigtabRun.Of(arguments);
            Assert.AreEqual(2, run.Code, string.Join(' ', arguments) + ": " + run.Errors);
            StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void WrongUsageIsToldWithWhereToLook()
    {
        foreach ((string[] arguments, string complaint) in new (string[], string)[]
        {
            (["keygen"], "Option '--out' is required"),
            (["keygen", "--out", "x", "--array", "cobol"], "'cobol'"),
            (["sign", "x"], "Option '--key' is required"),
            (["verify", "x"], "Option '--key' is required"),
            (["verify"], "Required argument 'TABLE' missing"),
            (["compile", Rules, "--site", Site, "--out", "x", "--key", "k.pem"], "--key needs --sequence"),
            (["compile", Rules, "--site", Site, "--out", "x", "--sequence", "minus"], "'minus'"),
            (["sign", "x", "--key", "k.pem", "--sequence", "-1"], "-1"),
        })
        {
            SigtabRun run = SigtabRun.Of(arguments);
            Assert.AreEqual(1, run.Code, string.Join(' ', arguments) + ": " + run.Errors);
            StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
            StringAssert.Contains(run.Errors, $"sigtab: see 'sigtab {arguments[0]} --help'", StringComparison.Ordinal);
        }
    }

    // SubjectPublicKeyInfo (RFC 5480) of a key on P-256 with X and the sign of Y alone.
    private static string Compressed(ECDsa key)
    {
        ECPoint q = key.ExportParameters(false).Q;
        byte[] octets = [.. Convert.FromHexString("3039301306072A8648CE3D020106082A8648CE3D030107032200"), (byte)(2 + (q.Y![^1] & 1)),
            .. q.X!];
        return PemEncoding.WriteString("PUBLIC KEY", octets) + "\n";
    }

    private string Keys(string name)
    {
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", _folder.File(name)).Code);
        return _folder.File(name);
    }

    private static string IdOf(string key)
    {
        return SigtabRun.Of("inspect", key + ".pub.pem").Output[4..20];
    }

    private string Table()
    {
        string table = _folder.File("table.sigtab");
        Assert.AreEqual(0, SigtabRun.Of("compile", Rules, "--site", Site, "--out", table).Code);
        return table;
    }
}
