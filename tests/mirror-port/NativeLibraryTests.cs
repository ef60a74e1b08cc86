using System.IO;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>A library that is there for another architecture only is a reason to skip, and no failure of fourteen
/// tests.</summary>
[TestClass]
public sealed class NativeLibraryTests
{
    // e_machine of an ELF header (System V ABI, chapter 4): octets 18 and 19.
    private const int Machine = 18;

    [TestMethod]
    [NeedsTool("g++")]
    public void ALibraryOfAnotherArchitectureIsNone()
    {
        using var folder = new TemporaryFolder();
        string source = folder.File("lone.cpp");
        File.WriteAllText(source, "extern \"C\" int lone() { return 1; }\n");
        string library = folder.File("liblone.so");
        Assert.AreEqual(0, NativeBuild.Run("g++", "-shared", "-fPIC", source, "-o", library).Code);
        string place = Path.GetDirectoryName(library)!;
        Assert.IsTrue(NativeLibrary.CanBeLinked("lone", place));

        byte[] octets = File.ReadAllBytes(library);
        // 21 is 64-bit PowerPC, whose libraries no machine has that runs this.
        (octets[Machine], octets[Machine + 1]) = (21, 0);
        File.WriteAllBytes(library, octets);
        Assert.IsFalse(NativeLibrary.CanBeLinked("lone", place));
        Assert.IsFalse(NativeLibrary.CanBeLinked("there-is-no-such-library"));
    }
}
