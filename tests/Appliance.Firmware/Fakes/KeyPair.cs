using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A key that signs tables as FORMAT.md says, and its public half as the image holds it.</summary>
internal sealed class KeyPair : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyPair()
    {
        ECParameters parameters = _key.ExportParameters(false);
        byte[] point = [.. parameters.Q.X!, .. parameters.Q.Y!];
        Public = new TrustedKey(SHA256.HashData(point)[..8], point);
    }

    public TrustedKey Public { get; }

    /// <summary>Signs a table in place.</summary>
    public byte[] Sign(byte[] table)
    {
        byte[] signed = [.. table];
        signed[TableFormat.FlagsAt] |= TableFlags.Signed;
        Public.Id.CopyTo(signed, TableFormat.KeyIdAt);
        int end = signed.Length - TableFormat.SignaturePlace;
        BinaryPrimitives.WriteUInt32BigEndian(signed.AsSpan(TableFormat.ChecksumAt), new SignatureTable().ChecksumOf(signed,
            end));
        _key.SignData(signed.AsSpan(0, end), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation).CopyTo(signed, end);
        return signed;
    }

    public void Dispose() => _key.Dispose();
}
