using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.DeviceBuild.Tests;

/// <summary>
/// What needs nothing but CoreLibrary compiles against nanoFramework's real one in the device's language: members that it lacks
/// are found by the compiler, not only by the list of members that tests/Surface keeps.
/// </summary>
[TestClass]
public sealed class CoreLibraryTests
{
    private const string Sensor = "firmware/Appliance.Sensor";
    private const string Imaging = "firmware/Appliance.Imaging";
    private const string Firmware = "firmware/Appliance.Firmware";
    private const string Device = "Device";

    // Each once, however many stand on it.
    private static readonly Lazy<byte[]> TheSensor = new(() => Compile("Appliance.Sensor", DeviceSources.Of(Sensor)));
    private static readonly Lazy<byte[]> Eyes = new(() => Compile("Appliance.Imaging", DeviceSources.Of(Imaging), TheSensor.Value));

    [TestMethod]
    public void TheSensorNeedsNothingElse() =>
        CollectionAssert.AreEqual(new[] { "mscorlib" }, References(TheSensor.Value));

    [TestMethod]
    public void TheEyesNeedTheSensorAndNothingElse() => CollectionAssert.AreEquivalent(
        new[] { "mscorlib", "Appliance.Sensor" },
        References(Eyes.Value));

    [TestMethod]
    public void TheDeviceTestsNeedTheSensorAndTheirFramework() => CollectionAssert.AreEquivalent(
        new[] { "mscorlib", "Appliance.Sensor", "nanoFramework.TestFramework" },
        References(Compile(
            "NFUnitTest",
            DeviceSources.Of("tests/NFUnitTest"),
            TheSensor.Value,
            ReferenceAssemblies.Of("nanoFramework.TestFramework"))));

    [TestMethod]
    public void TheProgramNeedsTheSensorAndOnlyItsAdaptersTheRest()
    {
        string[] all = DeviceSources.Of(Firmware);
        string adapters = Repository.PathOf(Firmware, Device) + Path.DirectorySeparatorChar;
        string[] program = [.. all.Where(path => !path.StartsWith(adapters, StringComparison.Ordinal))];
        Assert.IsGreaterThan(program.Length, all.Length, "no adapters");
        CollectionAssert.AreEquivalent(
            new[] { "mscorlib", "Appliance.Sensor", "Appliance.Imaging" },
            References(Compile("Appliance.Firmware", program, TheSensor.Value, Eyes.Value)));
    }

    [TestMethod]
    public void TheHooksFaceNeedsNothingElse() => CollectionAssert.AreEqual(
        new[] { "mscorlib" }, References(Compile("Appliance.MirrorPort", DeviceSources.Of("hardware/mirror-port"))));

    private static byte[] Compile(string name, string[] sources, params byte[][] references) => ReferenceAssemblies.Compile(
        name,
        sources.Select(DeviceSources.Parse),
        references,
        // The hook's face has no annotations: they would change its native method table.
        name == "Appliance.MirrorPort" ? NullableContextOptions.Disable : NullableContextOptions.Enable);

    private static string[] References(byte[] assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly));
        return [.. module.AssemblyReferences.Select(reference => reference.Name)];
    }
}
