using System.IO;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The header that takes the image's own time servers away, included as nf-interpreter does.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class SntpSettingTests
{
    [TestMethod]
    public void NoServerIsLeft() => Assert.AreEqual(0, Run("#include <target_lwip_sntp_opts.h>"));

    [TestMethod]
    public void WithoutTheHeaderThereAreTwo() => Assert.AreEqual(2, Run(""));

    // nf-interpreter: the defaults, the target's header, and once more the target's where the client is set up.
    private static int Run(string include)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("client.cpp"), $$"""
            #include <cstddef>
            #define SNTP_SERVER0_DEFAULT_ADDRESS "0.pool.ntp.org"
            #define SNTP_SERVER1_DEFAULT_ADDRESS "1.pool.ntp.org"
            {{include}}
            {{include}}
            int main()
            {
                const char *servers[] = {SNTP_SERVER0_DEFAULT_ADDRESS, SNTP_SERVER1_DEFAULT_ADDRESS};
                return (servers[0] != NULL) + (servers[1] != NULL);
            }
            """);
        (int code, string output) = NativeBuild.Run("g++", "-Wall", "-Wextra", "-Werror", "-I",
            Repository.PathOf("hardware", "mirror-port", "image"), folder.File("client.cpp"), "-o", folder.File("client"));
        Assert.AreEqual(0, code, output);
        return NativeBuild.Run(folder.File("client")).Code;
    }
}
