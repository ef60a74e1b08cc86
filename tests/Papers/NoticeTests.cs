using System.IO;
using Appliance.Notices;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The notices of third parties are those of what is referenced.</summary>
[TestClass]
public sealed class NoticeTests
{
    [TestMethod]
    public void ThePageIsWhatTheProgramWrites()
    {
        string written = NoticePage.Write(Repository.Root);
        Assert.AreEqual(written, File.ReadAllText(NoticePage.PathIn(Repository.Root)).ReplaceLineEndings("\n"),
            "write it anew: dotnet run --project tools/Notices -- .");
        StringAssert.Contains(written, "| PacketDotNet | 1.4.8 | MPL-2.0 | ");
        StringAssert.Contains(written, "| mbedtls | ffb280bb63c78bfec1e1ab55040671768c85c923 | Apache-2.0 OR GPL-2.0-or-later | ");
        StringAssert.Contains(written, "- BSD-2-Clause: https://spdx.org/licenses/BSD-2-Clause.html\n");
    }

    [TestMethod]
    public void APackageThatIsNotRestoredIsNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("packages.lock.json",
            """{"version":2,"dependencies":{"net10.0":{"No.Such.Package":{"type":"Direct","resolved":"9.9.9"}}}}"""u8.ToArray());
        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            foreach (Part _ in Part.OfProject(folder.Path))
            {
            }
        });
        StringAssert.EndsWith(e.Message, "no.such.package.nuspec: no such file; restore the solution first");
    }
}
