using Appliance.MirrorPort;

namespace Appliance.Firmware.Device;

/// <summary>The check of signatures by the image's mbedTLS.</summary>
public sealed class HookKeyCheck : IKeyCheck
{
    /// <inheritdoc/>
    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        return MirrorHook.CheckSignature(octets, length, publicKey, signature, at);
    }
}
