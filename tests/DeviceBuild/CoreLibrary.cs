using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Appliance.DeviceBuild.Tests;

/// <summary>nanoFramework's own mscorlib, from the package nanoFramework.CoreLibrary that the device projects name.</summary>
internal static class CoreLibrary
{
    // In the device's file of an assembly, behind its mark, two checksums and the flags (nf-interpreter, CLR_RECORD_ASSEMBLY).
    private const int ChecksumAt = 20;

    /// <summary>The library that the compiler takes.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Folder(), "mscorlib.dll");

    /// <summary>It as a reference of a compilation.</summary>
    public static MetadataReference Reference { get; } = MetadataReference.CreateFromFile(Path);

    /// <summary>The checksum of its native methods, which an image compares with its own.</summary>
    public static uint NativeChecksum()
    {
        byte[] deviceFile = File.ReadAllBytes(System.IO.Path.ChangeExtension(Path, ".pe"));
        return BinaryPrimitives.ReadUInt32LittleEndian(deviceFile.AsSpan(ChecksumAt));
    }

    private static string Folder() => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "CoreLibrary").Value!;
}
