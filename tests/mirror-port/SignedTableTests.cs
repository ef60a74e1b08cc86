using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The hook's table check (mbedTLS) accepts what sigtab signs (.NET), and nothing else.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class SignedTableTests
{
    private const int Accepted = 0;
    private const int Refused = 2;

    private static readonly byte[] Table = TableCompiler.CompileText(
        [("imaging.rules", File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules")))],
        ("site.toml", "[site]\nhome = [\"10.0.0.0/8\"]\n")).Table
        ?? throw new InvalidOperationException("the shipped rules don't compile");

    [TestMethod]
    public void ATableThatSigtabSignedIsAccepted()
    {
        // Several keys: leading zeros of X, Y, r and s come up.
        for (int i = 0; i < 20; i++)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Assert.AreEqual(Accepted, Check(TableSigner.Sign(Table, key), key));
        }
    }

    [TestMethod]
    public void AnotherKeysSignatureIsRefused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.AreEqual(Refused, Check(TableSigner.Sign(Table, key), other));
    }

    [TestMethod]
    public void AnUnsignedTableIsRefused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.AreEqual(Refused, Check(Table, key));
    }

    [TestMethod]
    public void AChangedTableIsRefused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = TableSigner.Sign(Table, key);
        foreach (int at in new[] { 0, 5, 12, 40, signed.Length / 2, signed.Length - 65, signed.Length - 64, signed.Length - 1 })
        {
            byte[] changed = [.. signed];
            changed[at] ^= 1;
            Assert.AreEqual(Refused, Check(changed, key), $"octet {at}");
        }

        Assert.AreEqual(Refused, Check(signed[..^1], key), "cut");
        Assert.AreEqual(Refused, Check([.. signed, 0], key), "padded");
    }

    private static int Check(byte[] table, ECDsa key)
    {
        using var folder = new TemporaryFolder();
        string program = Path.Combine(NativeBuild.Folder("address"), "check_table");
        (int code, string output) = NativeBuild.Run(
            program, folder.Write("table", table), folder.Write("key", [.. PublicKey.Of(key).Point]));
        Assert.AreEqual(string.Empty, output);
        return code;
    }
}
