using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Appliance.Playback.Captures;

/// <summary>
/// Standard input, whose beginning can be looked at before it is replayed. Whoever feeds it slowly, as a capturing program does,
/// is not waited for.
/// </summary>
internal sealed class StandardInput : Stream
{
    /// <summary>The process's only one.</summary>
    public static readonly StandardInput Instance = new();

    // As much of a capture as shows who is local, and as long as nobody minds.
    private const int MostHead = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stream _stream = Console.OpenStandardInput();
    private readonly MemoryStream _head = new();
    private Task<int>? _pending;
    private byte[] _block = [];
    private bool _isLookedAt;
    private bool _hasEnded;
    private long _given;

    private StandardInput()
    {
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first octets, which <see cref="Read"/> gives all the same: what comes within a second, at most 4
    /// MB.</summary>
    public byte[] Head()
    {
        long began = Stopwatch.GetTimestamp();
        while (!_isLookedAt && !_hasEnded && _head.Length < MostHead)
        {
            Ask();
            TimeSpan left = Patience - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !_pending!.Wait(left))
            {
                break;
            }

            Take();
        }

        _isLookedAt = true;
        return _head.ToArray();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_given == _head.Length && _pending is not null)
        {
            // A read that the look began and did not wait for.
            Take();
        }

        if (_given < _head.Length)
        {
            int taken = (int)Math.Min(count, _head.Length - _given);
            Array.Copy(_head.GetBuffer(), _given, buffer, offset, taken);
            _given += taken;
            return taken;
        }

        return _hasEnded ? 0 : _stream.Read(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Ask()
    {
        if (_pending is null)
        {
            _block = new byte[256 * 1024];
            _pending = Task.Run(() => _stream.Read(_block, 0, _block.Length));
        }
    }

    private void Take()
    {
        int read = _pending!.GetAwaiter().GetResult();
        _pending = null;
        _head.Write(_block, 0, read);
        _hasEnded = read == 0;
    }
}
