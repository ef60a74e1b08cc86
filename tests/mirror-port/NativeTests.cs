using System.Globalization;
using System.IO;
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
        (int code, string output) = NativeBuild.Run(Path.Combine(NativeBuild.Folder(sanitizer), "hook_tests"));

        Assert.AreEqual(0, code, output);
        Match sum = Regex.Match(output, @"\[  PASSED  \] (\d+) tests\.");
        Assert.IsTrue(sum.Success, output);
        Assert.IsGreaterThanOrEqualTo(50, int.Parse(sum.Groups[1].Value, CultureInfo.InvariantCulture), "tests are missing");
    }
}
