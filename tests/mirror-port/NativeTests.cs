using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The hook's own tests (the .cpp files beside this one) pass, and no sanitizer has anything to say.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class NativeTests
{
    [TestMethod]
    [DataRow("address", DisplayName = "AddressSanitizer and UndefinedBehaviorSanitizer")]
    [DataRow("thread", DisplayName = "ThreadSanitizer")]
    public void TheHooksTestsPass(string sanitizer)
    {
        (int code, string output) = NativeBuild.Run(
            "ctest", "--test-dir", NativeBuild.Folder(sanitizer), "--output-on-failure", "--parallel", "2");

        Assert.AreEqual(0, code, output);
        Match sum = Regex.Match(output, @"100% tests passed, 0 tests failed out of (\d+)");
        Assert.IsTrue(sum.Success, output);
        Assert.IsGreaterThanOrEqualTo(50, int.Parse(sum.Groups[1].Value, CultureInfo.InvariantCulture), "tests are missing");
    }
}
