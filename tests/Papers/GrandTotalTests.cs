using System.IO;
using System.Text;
using Appliance.GrandTotal;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The last line of <c>dotnet test Appliance.sln</c> counts what all projects did, and says why tests did not
/// run.</summary>
[TestClass]
public sealed class GrandTotalTests
{
    [TestMethod]
    public void ProjectsAreAddedUpAndSkipsHaveTheirReason()
    {
        using var folder = new TemporaryFolder();
        string first = Result(folder, "First", total: 5, executed: 3, passed: 3, failed: 0, skipped: ["needs 'nmap'", "needs 'nmap'"]);
        string second = Result(folder, "Second", total: 4, executed: 3, passed: 2, failed: 1, skipped: [""]);
        (int code, string said, _) = ToolRun.Ended("dotnet", typeof(ResultTotal).Assembly.Location, first, second, folder.File("Third.trx"));
        CollectionAssert.AreEqual(
            new[]
            {
                "No results of Third: not built, ended early, no test of that filter, or written elsewhere by a --logger.",
                "2 skipped: needs 'nmap'",
                "1 skipped: no reason was given",
                "5 passed, 1 failed, 3 skipped",
            },
            said.TrimEnd().Split('\n'));
        Assert.AreEqual(1, code);
        Assert.AreEqual(0, ToolRun.Ended("dotnet", typeof(ResultTotal).Assembly.Location, first).Code);
    }

    [TestMethod]
    public void WhatCanNotBeReadIsAFailureAndNothingIsNoSuccess()
    {
        using var folder = new TemporaryFolder();
        string half = folder.Write("Half.trx", Encoding.UTF8.GetBytes("<TestRun><Results>"));
        (int code, string said, _) = ToolRun.Ended("dotnet", typeof(ResultTotal).Assembly.Location, half);
        Assert.AreEqual(1, code);
        StringAssert.StartsWith(said, "Half.trx: not a whole result file: ");
        StringAssert.EndsWith(said.TrimEnd(), "0 passed, 1 failed, 0 skipped");
        string ended = Result(folder, "Ended", total: 2, executed: 2, passed: 2, failed: 0, skipped: [], outcome: "Failed");
        (code, said, _) = ToolRun.Ended("dotnet", typeof(ResultTotal).Assembly.Location, ended);
        Assert.AreEqual(1, code);
        Assert.AreEqual("Ended.trx: the run ended before its tests did, or failed beside them\n2 passed, 1 failed, 0 skipped\n", said);
        Assert.AreEqual(1, ToolRun.Ended("dotnet", typeof(ResultTotal).Assembly.Location).Code);
    }

    private static string Result(TemporaryFolder folder, string name, int total, int executed, int passed, int failed, string[] skipped,
        string outcome = "Completed")
    {
        var text = new StringBuilder("<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\"><Results>");
        foreach (string reason in skipped)
        {
            text.Append("<UnitTestResult outcome=\"NotExecuted\"><Output><ErrorInfo><Message>").Append(reason)
                .Append("</Message></ErrorInfo></Output></UnitTestResult>");
        }

        text.Append($"</Results><ResultSummary outcome=\"{outcome}\"><Counters total=\"{total}\" executed=\"{executed}\" passed=\"{passed}\" failed=\"{failed}\" "
            + "error=\"0\" timeout=\"0\" aborted=\"0\" /></ResultSummary></TestRun>");
        return folder.Write(name + ".trx", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
