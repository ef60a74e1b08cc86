namespace Appliance.SignatureTool;

/// <summary>What the program returns.</summary>
internal static class ExitCode
{
    /// <summary>Done; of <c>verify</c>: accepted.</summary>
    public const int Done = 0;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 1;

    /// <summary>An input can't be used or an output not be written; of <c>verify</c>: refused.</summary>
    public const int Unusable = 2;
}
