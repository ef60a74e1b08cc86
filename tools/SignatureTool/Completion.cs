using System;
using System.CommandLine;

namespace Appliance.SignatureTool;

/// <summary><c>completion</c>, of both tools: what a shell reads so that it completes their commands and options.</summary>
public static class Completion
{
    // The programs themselves know what may follow: the command line library answers "[suggest:POSITION] LINE" with words, one a
    // line. Options are offered to whoever began one; an empty place is most often a file's, which the shell completes by itself.
    private const string Bash = """
        _PROGRAM_completion() {
            local word=${COMP_WORDS[COMP_CWORD]} said
            said=$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
            case "$word" in -*) ;; *) said=$(grep -v '^[-/]' <<< "$said") ;; esac
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$said" -- "$word"))
        }
        complete -o default -F _PROGRAM_completion PROGRAM
        """;

    private const string Zsh = """
        #compdef PROGRAM
        _PROGRAM_completion() {
            local -a said
            said=(${(f)"$(${words[1]} "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
            [[ ${words[CURRENT]} == -* ]] || said=(${said:#[-/]*})
            (( ${#said} )) && compadd -- $said || _files
        }
        compdef _PROGRAM_completion PROGRAM
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName PROGRAM -ScriptBlock {
            param($word, $line, $cursor)
            & PROGRAM "[suggest:$cursor]" "$line" 2>$null | Where-Object { $word -like '-*' -or $_ -notmatch '^[-/]' } |
                Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    /// <summary>Makes the command.</summary>
    /// <param name="program">The tool's name, as it is called.</param>
    public static Command Make(string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or powershell" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "powershell");
        var command = new Command("completion",
            $"""
            Prints what a shell reads to complete commands and options of {program}.

              bash         source <({program} completion bash)                                        in ~/.bashrc
              zsh          source <({program} completion zsh)                                         in ~/.zshrc, behind compinit
              PowerShell   {program} completion powershell | Out-String | Invoke-Expression           in $PROFILE

            Example:
              {program} completion bash
            """)
        {
            shell,
        };
        command.SetAction(result =>
        {
            string text = result.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            };
            Console.Out.WriteLine(text.ReplaceLineEndings("\n").Replace("PROGRAM", program, StringComparison.Ordinal));
            return ExitCode.Done;
        });
        return command;
    }
}
