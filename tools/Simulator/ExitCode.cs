namespace Appliance.Simulator;

/// <summary>What the program's exit code tells a script.</summary>
internal static class ExitCode
{
    /// <summary>Done; an input that merely ends early, or datagrams that nobody took, do not change that.</summary>
    public const int Done = 0;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 1;

    /// <summary>An input can't be used, or an output can't be written; the message says which, where and why.</summary>
    public const int UnusableInput = 2;

    /// <summary>The user ended a replay before its time (128 and SIGINT's number, as shells say it); what was open is closed and
    /// told.</summary>
    public const int Interrupted = 130;
}
