using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// The networks of the traces. MY.NET is known from the dumps of detect 8: 80e7d504 is MY.NET.2.4 and 80e7d400 MY.NET.1.0, so
/// MY.NET.1 is 128.231.212 and MY.NET.2 is 128.231.213, one /23 together. The xxx.xxx.xxx of detect 5 stands there as well.
/// </summary>
internal static class Places
{
    /// <summary>MY.NET.1.</summary>
    public const string Net1 = "128.231.212.";

    /// <summary>MY.NET.2.</summary>
    public const string Net2 = "128.231.213.";

    /// <summary>The cable host of detects 1 and 4.</summary>
    public const string Cable = "24.3.21.199";

    /// <summary>The imaging VLAN.</summary>
    public static readonly Lan Imaging = new(Net1 + "0/23");

    /// <summary>The network of the cable host.</summary>
    public static readonly Lan CableNet = new(Cable);
}
