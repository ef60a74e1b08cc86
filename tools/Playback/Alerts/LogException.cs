using System;

namespace Appliance.Playback.Alerts;

/// <summary>A file of lines that can't be read, or not on: the message names the file, the place and the reason.</summary>
public sealed class LogException : Exception
{
    /// <summary>Says what is wrong, and what the system answered.</summary>
    /// <param name="message">File, place and reason, for the user.</param>
    /// <param name="inner">The system's answer.</param>
    public LogException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
