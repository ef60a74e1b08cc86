using System;

namespace Appliance.BoardPictures;

/// <summary>A profile can't be used: which, where and why.</summary>
public sealed class ProfileException : Exception
{
    /// <summary>Makes it.</summary>
    /// <param name="message">A sentence for the user.</param>
    public ProfileException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it.</summary>
    /// <param name="message">A sentence for the user.</param>
    /// <param name="inner">What it came from.</param>
    public ProfileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
