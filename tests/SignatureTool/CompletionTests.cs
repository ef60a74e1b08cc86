using System;
using System.IO;
using System.Reflection;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Shells complete commands and options, as when somebody presses the tabulator.</summary>
[TestClass]
public sealed class CompletionTests
{
    [TestMethod]
    [NeedsTool("bash")]
    [DataRow("sigtab prov", "provision")]
    [DataRow("sigtab c", "check compile completion")]
    [DataRow("sigtab provision --net", "--network")]
    [DataRow("sigtab flash ", "")]
    [DataRow("sigtab verify --board w", "wt32-eth01")]
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
        MakeSigtab(folder);
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
    [NeedsTool("zsh")]
    [DataRow("sigtab prov", "sigtab provision ")]
    [DataRow("sigtab provision --net", "sigtab provision --network ")]
    [DataRow("sigtab flash war", "sigtab flash ward.sigtab ")]
    [DataRow("sigtab completion z", "sigtab completion zsh ")]
    [DataRow("sigtab nothing", "sigtab nothing")]
    public void ZshCompletes(string line, string completed)
    {
        using var folder = new TemporaryFolder();
        MakeSigtab(folder);
        folder.Write("ward.sigtab", []);
        // A shell of its own at a terminal of its own; the key behind the tabulator shows the line that it left.
        string script = $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PATH='{{folder.Path}}':\$PATH; cd '{{folder.Path}}'; autoload -Uz compinit; compinit -u -d '{{folder.File("dump")}}'; setopt no_beep"
            zpty -w shell "source <(sigtab completion zsh); show() { zle -I; print -r -- \"shown[\$BUFFER]\" }; zle -N show; bindkey '^X' show"
            zpty -w -n shell $'{{line}}	'
            while zpty -r shell said; do [[ $said == *shown\[sigtab* ]] && print -r -- "$said" && break; done
            zpty -d shell
            """;
        (int code, string output, string errors) = ToolRun.Ended("zsh", "-f", "-c", script);
        Assert.AreEqual(0, code, errors);
        StringAssert.Contains(output, $"shown[{completed}]", errors);
    }

    [TestMethod]
    [NeedsTool("pwsh")]
    public void PowerShellCompletes()
    {
        using var folder = new TemporaryFolder();
        MakeSigtab(folder);
        (int code, string output, string errors) = ToolRun.Ended("pwsh", "-NoProfile", "-Command", $$"""
            $env:PATH = '{{folder.Path}}' + [IO.Path]::PathSeparator + $env:PATH
            sigtab completion powershell | Out-String | Invoke-Expression
            foreach ($line in 'sigtab prov', 'sigtab c', 'sigtab provision --net', 'sigtab completion ') {
                ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText) -join ' '
            }
            """);
        Assert.AreEqual(0, code, errors);
        CollectionAssert.AreEqual(new[] { "provision", "check compile completion", "--network", "bash powershell zsh" },
            output.TrimEnd().ReplaceLineEndings("\n").Split('\n'), errors);
    }

    [TestMethod]
    public void AShellThatIsNotKnownIsRefused()
    {
        SigtabRun wrong = SigtabRun.Of("completion", "fish");
        Assert.AreEqual(ExitCode.WrongUsage, wrong.Code);
        StringAssert.Contains(wrong.Errors, "fish");
    }

    // The program of these tests under the name that shells call it by.
    private static void MakeSigtab(TemporaryFolder folder)
    {
        string program = Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "sigtab.dll");
        string wrapper = folder.File("sigtab");
        File.WriteAllText(wrapper, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
