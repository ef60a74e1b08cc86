using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace Appliance.Playback.Captures;

/// <summary>
/// The octets of one capture, read in big blocks: readers look straight into <see cref="Buffer"/>, so that a frame is never
/// copied but for the part that goes into a slot.
/// </summary>
internal sealed class CaptureInput : IDisposable
{
    /// <summary>Octets a read asks for: large enough to make system calls rare, small enough to stay in the second-level
    /// cache.</summary>
    private const int BlockLength = 256 * 1024;

    private readonly Stream _stream;
    private bool _ended;
    private long _start;

    private CaptureInput(string name, Stream stream)
    {
        Name = name;
        _stream = stream;
    }

    /// <summary>What messages call the input: the path as given, or "standard input".</summary>
    public string Name { get; }

    /// <summary>The octets at hand; those from <see cref="At"/> to <see cref="End"/> are unread.</summary>
    public byte[] Buffer { get; private set; } = new byte[BlockLength];

    /// <summary>The next unread octet in <see cref="Buffer"/>.</summary>
    public int At { get; set; }

    /// <summary>First octet behind those at hand.</summary>
    public int End { get; private set; }

    /// <summary>Offset of the next unread octet in the file (in a compressed file: in what it expands to).</summary>
    public long Position => _start + At;

    /// <summary>Opens a file, or standard input where the path is "-". A gzip file is expanded on the way.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <exception cref="CaptureException">The file can't be read; the message says why.</exception>
    public static CaptureInput Open(string path)
    {
        string name = path == "-" ? "standard input" : path;
        try
        {
            Stream stream = path == "-"
                ? StandardInput.Instance
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            var input = new CaptureInput(name, stream);
            if (!input.Has(2) || input.Buffer[0] != 0x1f || input.Buffer[1] != 0x8b)
            {
                return input;
            }

            var rest = new PrefixedStream(input.Buffer.AsSpan(0, input.End).ToArray(), stream);
            return new CaptureInput(name, new GZipStream(rest, CompressionMode.Decompress));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptureException(path == "-" ? "standard input: " + e.Message : Problem.Describe(path, e), e);
        }
    }

    /// <summary>Opens octets at hand.</summary>
    /// <param name="name">What messages call them.</param>
    /// <param name="octets">The octets.</param>
    public static CaptureInput Of(string name, byte[] octets) => new(name, new MemoryStream(octets));

    /// <summary>Makes sure that so many unread octets stand one behind the other in <see cref="Buffer"/>.</summary>
    /// <param name="octets">How many are needed.</param>
    /// <returns>False when the input ends before; what is left then stands between <see cref="At"/> and
    /// <see cref="End"/>.</returns>
    /// <exception cref="CaptureException">The file can't be read on.</exception>
    public bool Has(int octets)
    {
        return End - At >= octets || Fill(octets);
    }

    /// <summary>Passes over octets that nobody needs, however many.</summary>
    /// <returns>False when the input ends before.</returns>
    public bool Skip(long octets)
    {
        while (octets > End - At)
        {
            octets -= End - At;
            At = End;
            if (!Fill(1))
            {
                return false;
            }
        }

        At += (int)octets;
        return true;
    }

    /// <summary>The 32-bit number at an offset from <see cref="At"/>, in either byte order.</summary>
    public uint Number(int offset, bool bigEndian)
    {
        var span = Buffer.AsSpan(At + offset, 4);
        return bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(span) : BinaryPrimitives.ReadUInt32LittleEndian(span);
    }

    /// <summary>The 16-bit number at an offset from <see cref="At"/>, in either byte order.</summary>
    public ushort Short(int offset, bool bigEndian)
    {
        var span = Buffer.AsSpan(At + offset, 2);
        return bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(span) : BinaryPrimitives.ReadUInt16LittleEndian(span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
    }

    private bool Fill(int octets)
    {
        int left = End - At;
        if (octets > Buffer.Length)
        {
            var larger = new byte[octets + BlockLength];
            Array.Copy(Buffer, At, larger, 0, left);
            Buffer = larger;
        }
        else
        {
            Array.Copy(Buffer, At, Buffer, 0, left);
        }

        _start += At;
        At = 0;
        End = left;
        while (End < octets && !_ended)
        {
            int read;
            try
            {
                read = _stream.Read(Buffer, End, Buffer.Length - End);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                _ended = true;
                throw new CaptureException($"{Name}: can't be read on at offset {_start + End}: {e.Message}", e);
            }

            _ended = read == 0;
            End += read;
        }

        return End >= octets;
    }
}
