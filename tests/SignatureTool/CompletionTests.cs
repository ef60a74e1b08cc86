using System;
using System.IO;
using System.Reflection;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Shells complete commands and options; bash does so here, as when somebody presses the tabulator.</summary>
[TestClass]
public sealed class CompletionTests
{
    [TestMethod]
    [NeedsTool("bash")]
    [DataRow("sigtab prov", "provision")]
    [DataRow("sigtab c", "check compile completion")]
    [DataRow("sigtab provision --net", "--network")]
    [DataRow("sigtab flash ", "")]
    [DataRow("sigtab completion ", "bash powershell zsh")]
    [DataRow("sigtab nothing", "")]
    public void BashCompletes(string line, string words)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("bash is no shell of this system");
            return;
        }

        using var folder = new TemporaryFolder();
        string program = Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "sigtab.dll");
        string wrapper = folder.File("sigtab");
        File.WriteAllText(wrapper, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string script = $$"""
            PATH='{{folder.Path}}':$PATH
            source <(sigtab completion bash)
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=($COMP_LINE); [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            complete -p sigtab | grep -q -- '-o default -F _sigtab_completion' || echo 'not registered'
            _sigtab_completion
            echo "${COMPREPLY[@]}"
            """;
        (int code, string output, string errors) = ToolRun.Ended("bash", "-c", script);
        Assert.AreEqual(words, output.Trim(), errors);
        Assert.AreEqual("", errors);
        Assert.AreEqual(0, code);
    }

    [TestMethod]
    public void EachShellHasItsOwnAndAnotherIsRefused()
    {
        StringAssert.Contains(SigtabRun.Of("completion", "zsh").Output, "compdef _sigtab_completion sigtab");
        StringAssert.Contains(SigtabRun.Of("completion", "powershell").Output, "Register-ArgumentCompleter -Native -CommandName sigtab");
        SigtabRun wrong = SigtabRun.Of("completion", "fish");
        Assert.AreEqual(ExitCode.WrongUsage, wrong.Code);
        StringAssert.Contains(wrong.Errors, "fish");
    }
}
