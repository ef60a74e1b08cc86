using System;
using System.Buffers;
using System.IO;
using System.IO.Compression;

namespace Appliance.Playback.Alerts;

/// <summary>A file of collector lines, plain or gzip, or standard input, read in a stream: only one line is in memory.</summary>
public sealed class LogFile : IDisposable
{
    /// <summary>
    /// Octets of a line at most; the rest of a longer one is passed over. A box's lines have 480, a collector's JSON some
    /// thousand.
    /// </summary>
    public const int LongestLine = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(4 * LongestLine);
    private int _at;
    private int _end;

    private LogFile(string name, Stream stream)
    {
        Name = name;
        _stream = stream;
    }

    /// <summary>The file as a page may name it: where it lay on a machine is nobody's business there.</summary>
    public string Name { get; }

    /// <summary>Number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Octets read so far.</summary>
    public long Octets { get; private set; }

    /// <summary>The line last read was longer than <see cref="LongestLine"/>.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Opens a file; "-" is standard input.</summary>
    /// <exception cref="LogException">It can't be opened; the message says why.</exception>
    public static LogFile Open(string path)
    {
        if (path == "-")
        {
            return new LogFile("standard input", Console.OpenStandardInput());
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            bool isPacked = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new LogFile(Path.GetFileName(path), isPacked ? new GZipStream(file, CompressionMode.Decompress) : file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LogException($"can't read {Problem.Describe(path, e)}", e);
        }
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Its octets without the line's end; they stand until the next call.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="LogException">The file is damaged here.</exception>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        line = default;
        IsCut = false;
        while (true)
        {
            int length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_at, Math.Min(length, LongestLine));
                IsCut = length > LongestLine;
                _at += length + 1;
                Number++;
                return true;
            }

            if (_end - _at > LongestLine)
            {
                return ReadOverlong(out line);
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_at, _end - _at);
                _at = _end;
                Number += line.Length > 0 ? 1 : 0;
                return line.Length > 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _stream.Dispose();
    }

    /// <summary>Keeps the beginning of a line that does not end, and goes on behind its end.</summary>
    private bool ReadOverlong(out ReadOnlySpan<byte> line)
    {
        byte[] head = _buffer.AsSpan(_at, LongestLine).ToArray();
        int end = -1;
        while (end < 0)
        {
            _at = _end;
            if (!Fill())
            {
                break;
            }

            end = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            _at += end < 0 ? 0 : end + 1;
        }

        line = head;
        IsCut = true;
        Number++;
        return true;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        _end -= _at;
        _at = 0;
        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            Octets += read;
            return read > 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new LogException($"{Name}: behind line {Number}: {e.Message}", e);
        }
    }
}
