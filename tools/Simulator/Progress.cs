using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace Appliance.Simulator;

/// <summary>One line on standard error that tells how far the replay is; only where that is a terminal.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private bool _shown;
    private bool _ended;

    private Progress(Replayer replayer, IReadOnlyList<string> captures)
    {
        _timer = new Timer(_ => Show(replayer, captures.Count), null, Interval, Interval);
    }

    /// <summary>Begins to show.</summary>
    /// <returns>Null where nobody would see it.</returns>
    public static Progress? Start(Replayer replayer, IReadOnlyList<string> captures)
    {
        return Console.IsErrorRedirected ? null : new Progress(replayer, captures);
    }

    /// <summary>Takes the line away, so that another can be written.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_shown)
            {
                Console.Error.Write("\r\u001b[K");
                _shown = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            // A last call of the timer may still be under way.
            _ended = true;
        }

        Clear();
    }

    private void Show(Replayer replayer, int captures)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            string files = captures > 1 ? $"capture {replayer.Files} of {captures}, " : string.Empty;
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture,
                $"\r\u001b[K{files}{replayer.Frames:N0} frames, {replayer.Alerts:N0} alerts"));
            _shown = true;
        }
    }
}
