using System;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What a signature holds on to: every octet of a table, one key, and nothing else.</summary>
[TestClass]
public sealed class SigningTests
{
    private const string Rules = "alert tcp $EXTERNAL_NET any -> $HOME_NET [1,2] ( msg:\"one\"; flags:S; content:\"x\"; sid:1; )";

    private static readonly ECDsa Secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa OtherSecret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly PublicKey Key = PublicKey.Of(Secret);
    private static readonly PublicKey OtherKey = PublicKey.Of(OtherSecret);

    [TestMethod]
    public void TheKeyOfASignedTableVerifiesIt()
    {
        byte[] file = Signed(Rules);
        Assert.AreEqual(new KeyId(Convert.FromHexString(Key.Id.ToString())), Key.Id);
        foreach (PublicKey[] trusted in new PublicKey[][] { [Key], [OtherKey, Key], [Key, OtherKey] })
        {
            TableVerdict verdict = TableVerifier.Verify(file, trusted);
            Assert.IsTrue(verdict.IsAccepted, verdict.Reason);
            Assert.AreEqual(Key.Id, verdict.Key!.Id);
            Assert.AreEqual((TableFlags.Signed, file.Length - 64, 24, 8u),
                (verdict.Table!.Flags, verdict.Table.SignatureAt, verdict.Table.KeyIdAt, verdict.Table.Sequence));
        }
    }

    [TestMethod]
    public void AKeysIdIsTheBeginningOfTheHashOfItsPoint()
    {
        byte[] point = [.. Key.Point];
        Assert.AreEqual(64, point.Length);
        ECPoint q = Secret.ExportParameters(false).Q;
        CollectionAssert.AreEqual((byte[])[.. q.X!, .. q.Y!], point);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(point))[..16], Key.Id.ToString());
        byte[] file = Signed(Rules);
        Assert.AreEqual(Key.Id, new KeyId(file.AsSpan(TableFormat.KeyIdAt, 8)));
    }

    [TestMethod]
    public void EveryChangeOfOneOctetIsRefused()
    {
        byte[] file = Signed(Rules);
        for (int at = 0; at < file.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 0x80, 0xff })
            {
                file[at] ^= change;
                Assert.IsFalse(TableVerifier.Verify(file, [Key, OtherKey]).IsAccepted, $"octet {at}");
                Assert.IsFalse(ProvedBySignature(file), $"octet {at}, where the signature is all that is checked");
                file[at] ^= change;
            }
        }

        Assert.IsTrue(ProvedBySignature(file));
    }

    [TestMethod]
    public void AnyChangeOfOneOctetOfAnyTableIsRefused()
    {
        Gen.Select(RandomRules.Rules, Gen.Int[0, 65535], Gen.Byte[1, 255], Gen.Bool).Sample(
            (text, at, change, signed) =>
            {
                byte[]? file = TableCompiler.CompileText([("t.rules", text)], ("site.toml", Workbench.Site)).Table;
                if (file is null)
                {
                    return;
                }

                file = signed ? TableSigner.Sign(file, Secret, 1) : file;
                file[at % file.Length] ^= change;
                TableVerdict verdict = TableVerifier.Verify(file, [Key]);
                Assert.IsFalse(verdict.IsAccepted);
                Assert.IsTrue(signed || verdict.Table is null, "an unsigned table is refused by its format");
            },
            iter: 200);
    }

    [TestMethod]
    public void ALengthThatIsWrongIsToldAsSuch()
    {
        byte[] file = Signed(Rules);
        for (int length = 0; length < file.Length; length++)
        {
            StringAssert.StartsWith(TableVerifier.Verify(file[..length], [Key]).Reason, "truncated: ", StringComparison.Ordinal);
        }

        Assert.AreEqual($"padded: it states {file.Length} octets and has {file.Length + 3}",
            TableVerifier.Verify([.. file, 0, 0, 0], [Key]).Reason);
    }

    [TestMethod]
    public void EachRefusalHasItsReason()
    {
        byte[] file = Signed(Rules);
        string Reason(Action<byte[]> change, params PublicKey[] keys)
        {
            byte[] changed = [.. file];
            change(changed);
            return TableVerifier.Verify(changed, keys.Length == 0 ? [Key] : keys).Reason!;
        }

        Assert.AreEqual("no signature table: it begins with 58415053, not with TAPS (54415053)", Reason(f => f[0] = (byte)'X'));
        Assert.AreEqual("of version 9; this sigtab and its sensor know version 1", Reason(f => f[4] = 9));
        StringAssert.StartsWith(Reason(f => f[100] ^= 1), "damaged: its octets have the checksum ", StringComparison.Ordinal);
        Assert.AreEqual($"unknown key: it is signed by {Key.Id}, and trusted is {OtherKey.Id}", Reason(_ => { }, OtherKey));
        Assert.AreEqual($"bad signature: these octets are not what key {Key.Id} signed", Reason(f => f[^1] ^= 1));
        byte[] unsigned = Compile(Rules);
        Assert.AreEqual("not signed: sign it with sigtab sign", TableVerifier.Verify(unsigned, [Key]).Reason);
        unsigned[^64] = 1;
        Assert.AreEqual($"damaged: not signed, but its signature's place (from octet {unsigned.Length - 64}) is not empty",
            TableVerifier.Verify(unsigned, [Key]).Reason);
    }

    [TestMethod]
    public void TheKeyThatATableNamesCannotBeExchanged()
    {
        byte[] file = Signed(Rules);
        byte[] other = TableSigner.Sign(file, OtherSecret, 8);
        byte[] mixed = [.. other[..^64], .. file[^64..]];
        Assert.AreEqual($"bad signature: these octets are not what key {OtherKey.Id} signed",
            TableVerifier.Verify(mixed, [Key, OtherKey]).Reason);
    }

    [TestMethod]
    public void SigningAnewChangesSequenceKeyAndSignatureAlone()
    {
        byte[] file = Compile(Rules);
        byte[] signed = TableSigner.Sign(file, Secret, 77);
        int[] changed = [.. Enumerable.Range(0, file.Length).Where(i => file[i] != signed[i])];
        Assert.IsTrue(changed.All(i => i is 5 or (>= 12 and < 16) or (>= 24 and < 36) || i >= file.Length - 64));
        byte[] again = TableSigner.Sign(signed, OtherSecret);
        Assert.AreEqual(77u, TableVerifier.Verify(again, [OtherKey]).Table!.Sequence);
    }

    [TestMethod]
    public void FlagsAndRetiredKeysAreSigned()
    {
        byte[] file = TableSigner.Sign(
            Compile(Rules, new CompileOptions { Sequence = 3, Rehome = true, ForceDryRun = true, TestAlert = true, Retired = [OtherKey.Id] }), Secret);
        TableVerdict verdict = TableVerifier.Verify(file, [Key]);
        Assert.IsTrue(verdict.IsAccepted, verdict.Reason);
        Assert.AreEqual(TableFlags.Signed | TableFlags.Rehome | TableFlags.ForceDryRun | TableFlags.TestAlert, verdict.Table!.Flags);
        StringAssert.EndsWith(TableText.HeadOf(verdict.Table), "rehome, force-dry-run, test-alert");
        CollectionAssert.AreEqual(new[] { OtherKey.Id }, new TableReader(verdict.Table).Retired().ToArray());
    }

    private static bool ProvedBySignature(byte[] file)
    {
        // As the device does: what is in the file is followed only when the signature is right.
        int end = file.Length - TableFormat.SignaturePlace;
        var table = new SignatureTable();
        return table.Open(file, file.Length) == TableProblem.None && Key.Check(file.AsSpan(0, end), file.AsSpan(end))
            && table.LoadContents() == TableProblem.None;
    }

    private static byte[] Compile(string rules, CompileOptions? options = null)
    {
        return TableCompiler.CompileText([("t.rules", rules)], ("site.toml", Workbench.Site), options).Table!;
    }

    private static byte[] Signed(string rules)
    {
        return TableSigner.Sign(Compile(rules), Secret, 8);
    }
}
