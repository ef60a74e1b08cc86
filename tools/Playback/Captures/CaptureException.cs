using System;

namespace Appliance.Playback.Captures;

/// <summary>A capture that can't be read, or not on: the message names the file, the place and the reason.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">File, place and reason, for the user.</param>
    public CaptureException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what the system answered.</summary>
    /// <param name="message">File, place and reason, for the user.</param>
    /// <param name="inner">The system's answer.</param>
    public CaptureException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
