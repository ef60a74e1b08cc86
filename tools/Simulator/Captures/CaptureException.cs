using System;

namespace Appliance.Simulator.Captures;

/// <summary>A capture that can't be read, or not on: the message names the file, the place and the reason.</summary>
internal sealed class CaptureException : Exception
{
    public CaptureException(string message)
        : base(message)
    {
    }

    public CaptureException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
