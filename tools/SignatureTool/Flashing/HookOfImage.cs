namespace Appliance.SignatureTool.Flashing;

/// <summary>The native hook (hardware/mirror-port) that a box's image must have: the one that the tap's program of this version
/// calls.</summary>
public static class HookOfImage
{
    /// <summary>The version of its native side (AssemblyNativeVersion).</summary>
    public const string Version = "1.2.0.0";

    /// <summary>The checksum of its native methods: a CRC-32 over their names, in the order of the method table.</summary>
    public const string Checksum = "0xDCCB1BAD";

    /// <summary>How nf-debugger's list of native assemblies names the hook, whichever it is.</summary>
    internal const string Name = "Appliance.MirrorPort v";

    /// <summary>What that list says behind the name.</summary>
    internal const string Told = Version + ", checksum " + Checksum;
}
