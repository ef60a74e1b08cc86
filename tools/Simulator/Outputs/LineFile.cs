using System;
using System.IO;
using Appliance.Playback;

namespace Appliance.Simulator.Outputs;

/// <summary>A file of lines, or standard output, written in octets; a reader of standard output may go away at any
/// time.</summary>
internal sealed class LineFile : IDisposable
{
    private readonly string _name;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    private LineFile(string name, Stream stream)
    {
        _name = name;
        _stream = stream;
    }

    /// <summary>The process's standard output; a test that runs the program within its own process has another.</summary>
    internal static Func<Stream> OpenStandardOutput { get; set; } = Console.OpenStandardOutput;

    /// <summary>Nobody reads any more: whoever read standard output has closed it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Creates the file, empty; "-" is standard output.</summary>
    /// <exception cref="ReplayException">It can't be created; the message says why.</exception>
    public static LineFile Create(string path)
    {
        if (path == "-")
        {
            return new LineFile("standard output", OpenStandardOutput());
        }

        try
        {
            return new LineFile(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReplayException($"can't write {Problem.Describe(path, e)}", e);
        }
    }

    /// <summary>What is wrong with the file, as a full disk; it is said at once, and what else is to be written is left out. null
    /// when nothing is.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes octets as they are.</summary>
    public void Write(ReadOnlySpan<byte> octets)
    {
        while (_length + octets.Length > _buffer.Length)
        {
            // A report is larger than the buffer: it goes in pieces.
            int fits = Math.Min(octets.Length, _buffer.Length - _length);
            octets[..fits].CopyTo(_buffer.AsSpan(_length));
            _length += fits;
            octets = octets[fits..];
            Flush();
        }

        octets.CopyTo(_buffer.AsSpan(_length));
        _length += octets.Length;
    }

    /// <summary>Writes octets and ends the line.</summary>
    public void WriteLine(ReadOnlySpan<byte> octets)
    {
        Write(octets);
        Write("\n"u8);
    }

    /// <summary>Hands over what was written, so that a reader sees it now.</summary>
    public void Flush()
    {
        int length = _length;
        _length = 0;
        if (length == 0 || IsBroken || Failure is not null)
        {
            return;
        }

        try
        {
            _stream.Write(_buffer, 0, length);
        }
        catch (IOException) when (_stream is not FileStream)
        {
            IsBroken = true;
        }
        catch (IOException e)
        {
            // The other outputs, and a collector, are not to suffer: a week of live is more than one full disk.
            Failure = $"can't write on to {_name}: {e.Message}";
            Console.Error.WriteLine($"tapsim: {Failure}; the run goes on without it");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
    }
}
