using System;

namespace Appliance.Simulator;

/// <summary>A replay that can't be done or not be finished: the message says what, where and why (exit code 2).</summary>
internal sealed class ReplayException : Exception
{
    public ReplayException(string message)
        : base(message)
    {
    }

    public ReplayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
