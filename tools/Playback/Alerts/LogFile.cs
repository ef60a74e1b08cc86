using System;
using System.Buffers;
using System.IO;
using System.IO.Compression;
using System.Text;
using Appliance.Playback.Captures;

namespace Appliance.Playback.Alerts;

/// <summary>
/// A file of collector lines, plain or gzip (also of several members), or standard input, read in a stream: only one line is in
/// memory. Messages that stand in one line (a TCP stream with octet counts that was kept as it came, RFC 6587, 3.4.1; line ends
/// that a relay wrote as #012) are given one by one.
/// </summary>
public sealed class LogFile : IDisposable
{
    /// <summary>
    /// Octets of a line at most; the rest of a longer one is passed over. A box's lines have 480, a collector's JSON some
    /// thousand.
    /// </summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Octets of a count with what stands between it and the message: "65536 &lt;".</summary>
    private const int CountLength = 7;

    /// <summary>Beginnings of files that are packed otherwise, and what unpacks them: their octets would only be called another
    /// program's.</summary>
    private static readonly (byte[] Beginning, string What, string How)[] Others =
    [
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd", "zstd -dc"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz", "xz -dc"), ([0x42, 0x5a, 0x68], "bzip2", "bzip2 -dc"),
        ([0x04, 0x22, 0x4d, 0x18], "lz4", "lz4 -dc"), ([0x50, 0x4b, 0x03, 0x04], "zip", "unzip -p"),
    ];

    private readonly Stream _stream;
    private Exception? _damage;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(4 * LongestLine);
    private int _at;
    private int _end;

    // Without this .NET takes a file that was cut for one that has ended.
    static LogFile() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private LogFile(string name, Stream stream)
    {
        Name = name;
        _stream = stream;
    }

    /// <summary>The file as a page may name it: where it lay on a machine is nobody's business there.</summary>
    public string Name { get; }

    /// <summary>Number of the line last read, from 1; messages that stand in one line have numbers of their own.</summary>
    public long Number { get; private set; }

    /// <summary>Octets read so far.</summary>
    public long Octets { get; private set; }

    /// <summary>The line last read was longer than <see cref="LongestLine"/>.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Opens a file; "-" is standard input.</summary>
    /// <exception cref="LogException">It can't be opened; the message says why.</exception>
    public static LogFile Open(string path)
    {
        try
        {
            Stream file = path == "-" ? Console.OpenStandardInput()
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            byte[] head = new byte[6];
            head = head[..file.ReadAtLeast(head, head.Length, false)];
            string name = path == "-" ? "standard input" : Path.GetFileName(path);
            foreach ((byte[] beginning, string what, string how) in Others)
            {
                if (head.AsSpan().StartsWith(beginning))
                {
                    file.Dispose();
                    throw new LogException($"can't read {(path == "-" ? name : path)}: it is packed by {what}, and only plain and gzip files are "
                        + $"read; unpack it: {how} {(path == "-" ? "" : path + " ")}| ... -", new NotSupportedException(what));
                }
            }

            if (CaptureReader.IsCapture(head))
            {
                file.Dispose();
                throw new LogException($"can't read {(path == "-" ? name : path)}: it is a capture, and a collector's lines were expected; "
                    + $"tapsim replay {(path == "-" ? name : path)} --report FILE.html makes a report of it", new NotSupportedException("capture"));
            }

            var whole = new PrefixedStream(head, file);
            return new LogFile(name, head switch
            {
                [0x1f, 0x8b, ..] => new GZipStream(whole, CompressionMode.Decompress),

                // What PowerShell writes by default.
                [0xff, 0xfe, ..] => Encoding.CreateTranscodingStream(whole, Encoding.Unicode, new UTF8Encoding(false)),
                [0xfe, 0xff, ..] => Encoding.CreateTranscodingStream(whole, Encoding.BigEndianUnicode, new UTF8Encoding(false)),
                _ => whole,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LogException(path == "-" ? $"can't read standard input: {e.Message}" : $"can't read {Problem.Describe(path, e)}", e);
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
        if (TryReadCounted(out line))
        {
            return true;
        }

        while (true)
        {
            int length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            ReadOnlySpan<byte> first = _buffer.AsSpan(_at, length < 0 ? _end - _at : length);
            if ((length >= 0 || first.Length > LongestLine) && JoinOf(first, out int next) is > 0 and var end)
            {
                line = first[..Math.Min(end, LongestLine)];
                IsCut = end > LongestLine;
                _at += next;
                Number++;
                return true;
            }

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
                if (_end == _at && _damage is not null)
                {
                    throw new LogException($"{Name}: behind line {Number} {WhyOf(_damage)}: what stood there is not known", _damage);
                }

                line = _buffer.AsSpan(_at, _end - _at);
                int last = JoinOf(line, out next);
                _at = last > 0 ? _at + next : _end;
                line = last > 0 ? line[..last] : line;
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

    /// <summary>
    /// Reads a message behind its octet count. The count has to fit: the end, a line's end or the next count follows, and the
    /// message has no line's end but at its own end. Else it is a line as any other.
    /// </summary>
    private bool TryReadCounted(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (_end - _at < CountLength && Fill())
        {
        }

        int head = CountAt(_buffer.AsSpan(_at, _end - _at), out int count);
        if (head == 0 || count > LongestLine)
        {
            return false;
        }

        int needed = head + count + CountLength;
        while (_end - _at < needed && !_buffer.AsSpan(_at, Math.Min(_end - _at, head + count - 1)).Contains((byte)'\n') && Fill())
        {
        }

        ReadOnlySpan<byte> rest = _buffer.AsSpan(_at, _end - _at);
        if (rest.Length < head + count || rest[..(head + count - 1)].Contains((byte)'\n'))
        {
            return false;
        }

        ReadOnlySpan<byte> behind = rest[(head + count)..];
        if (!behind.IsEmpty && behind[0] is not ((byte)'\n' or (byte)'\r') && CountAt(behind, out _) == 0)
        {
            return false;
        }

        line = rest.Slice(head, count).TrimEnd((byte)'\n');
        _at += head + count + (behind.StartsWith("\r\n"u8) ? 2 : behind.StartsWith("\n"u8) ? 1 : 0);
        Number++;
        return true;
    }

    // "123 <": the length of what stands before the message; 0 where it is none.
    private static int CountAt(ReadOnlySpan<byte> octets, out int count)
    {
        count = 0;
        int digits = 0;
        while (digits < octets.Length && digits < CountLength - 2 && octets[digits] is >= (byte)'0' and <= (byte)'9')
        {
            count = (count * 10) + octets[digits++] - '0';
        }

        return count > 0 && octets[digits..].StartsWith(" <"u8) ? digits + 1 : 0;
    }

    /// <summary>
    /// Where the first of several messages in a line ends: before the octet count, or the written line's end (#012), of the next
    /// one. What a relay wrote before the first is no message, and a message that is only quoted is behind neither.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="next">Where the next one begins.</param>
    /// <returns>Below 0 where there is one message.</returns>
    private static int JoinOf(ReadOnlySpan<byte> line, out int next)
    {
        next = 0;
        bool isFirst = true;
        if (line.StartsWith("{"u8))
        {
            return -1;
        }

        for (int at = line.IndexOf(">1 "u8); at >= 0;)
        {
            int start = at - 1;
            while (start >= 0 && at - start <= 3 && line[start] is >= (byte)'0' and <= (byte)'9')
            {
                start--;
            }

            if (start >= 0 && start < at - 1 && line[start] == '<')
            {
                int end = start;
                if (end > 1 && line[end - 1] == ' ')
                {
                    for (end--; end > 0 && start - end < CountLength - 1 && line[end - 1] is >= (byte)'0' and <= (byte)'9';)
                    {
                        end--;
                    }
                }

                bool isWritten = line[..end].EndsWith("#012"u8);
                if (!isFirst && (isWritten || end < start - 1))
                {
                    next = isWritten ? end : start;
                    return isWritten ? end - 4 : end;
                }

                isFirst = false;
            }

            int further = line[(at + 1)..].IndexOf(">1 "u8);
            at = further < 0 ? -1 : at + 1 + further;
        }

        return -1;
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
        if (_damage is not null)
        {
            return false;
        }

        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            Octets += read;
            return read > 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // What was read before is given first.
            _damage = e;
            return false;
        }
    }

    private static string WhyOf(Exception damage) => damage is InvalidDataException
        ? "it can't be unpacked: it was cut, is still being written, or is damaged" : $"it can't be read on ({damage.Message})";
}
