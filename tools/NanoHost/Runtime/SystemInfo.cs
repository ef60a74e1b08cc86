namespace nanoFramework.Runtime.Native;

/// <summary>What image runs.</summary>
public static class SystemInfo
{
    /// <summary>The name of the image's target; a test chooses.</summary>
    public static string TargetName { get; internal set; } = "ESP32_WT32_ETH01";
}
