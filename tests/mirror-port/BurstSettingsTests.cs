using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The burst that BurstTests.cpp reckons is that of the boards: their pages name its receive buffers and its
/// ring.</summary>
[TestClass]
public sealed class BurstSettingsTests
{
    [TestMethod]
    public void EachBoardHasTheReceiveBuffersThatTheBurstWasReckonedWith()
    {
        string settings = File.ReadAllText(Repository.PathOf("tests", "mirror-port", "fake", "sdkconfig.h"));
        string burst = File.ReadAllText(Repository.PathOf("tests", "mirror-port", "BurstTests.cpp"));
        int ring = Number(burst, @"uint32_t Ring = (\d+);");
        string[] profiles = Directory.GetFiles(Repository.PathOf("hardware", "boards"), "board.toml", SearchOption.AllDirectories);
        Assert.IsNotEmpty(profiles);
        foreach (string profile in profiles.Select(File.ReadAllText))
        {
            foreach (string name in new[] { "CONFIG_ETH_DMA_RX_BUFFER_NUM", "CONFIG_ETH_DMA_TX_BUFFER_NUM", "CONFIG_ETH_DMA_BUFFER_SIZE" })
            {
                Assert.AreEqual(Number(settings, name + @" (\d+)"), Number(profile, name + @"=(\d+)"), name);
            }

            Assert.IsGreaterThanOrEqualTo(ring, Number(profile, @"\nring = (\d+)"));
        }
    }

    private static int Number(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        Assert.IsTrue(match.Success, pattern);
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
