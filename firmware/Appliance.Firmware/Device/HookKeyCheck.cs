using Appliance.MirrorPort;

namespace Appliance.Firmware.Device;

/// <summary>The check of signatures, and the hash, by the image's mbedTLS.</summary>
public sealed class HookKeyCheck : IKeyCheck
{
    /// <inheritdoc/>
    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        return MirrorHook.CheckSignature(octets, length, publicKey, signature, at);
    }

    /// <inheritdoc/>
    public bool IsKey(byte[] octets, int at)
    {
        return MirrorHook.IsPublicKey(octets, at);
    }

    /// <inheritdoc/>
    public void Hash(byte[] octets, int at, int length, byte[] hash)
    {
        MirrorHook.Hash(octets, at, length, hash);
    }
}
