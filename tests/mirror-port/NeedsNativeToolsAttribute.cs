using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>
/// A test that builds the native hook: cmake, g++, GoogleTest and mbedTLS. Where one is absent, or there for another architecture
/// than the compiler's, the test is skipped with that reason, except where the environment variable <c>CI</c> is <c>true</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class NeedsNativeToolsAttribute : ConditionBaseAttribute
{
    private static readonly string[] Tools = ["cmake", "g++", "make"];
    private static readonly string[] Headers = ["gtest/gtest.h", "mbedtls/ecdsa.h"];
    private static readonly string[] HeaderFolders = ["/usr/include", "/usr/local/include"];
    private static readonly string[] Libraries = ["gtest", "gtest_main", "mbedcrypto"];
    private static readonly Lazy<string[]> MissingHere = new(Missing);

    /// <summary>Makes the condition.</summary>
    public NeedsNativeToolsAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "needs what this machine lacks: " + string.Join(", ", MissingHere.Value)
            + " (Debian: apt-get install cmake g++ make libgtest-dev libmbedtls-dev)";
    }

    /// <inheritdoc/>
    public override string GroupName => "NeedsNativeTools";

    /// <inheritdoc/>
    public override bool IsConditionMet =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
        || MissingHere.Value.Length == 0;

    private static string[] Missing()
    {
        string[] missing =
        [
            .. Tools.Where(tool => NeedsToolAttribute.Find(tool) is null),
            .. Headers.Where(header => !HeaderFolders.Any(folder => File.Exists(Path.Combine(folder, header)))),
        ];
        return missing.Length > 0 ? missing : [.. Libraries.Where(library => !NativeLibrary.CanBeLinked(library))
            .Select(library => $"a library {library} of the compiler's architecture")];
    }
}
