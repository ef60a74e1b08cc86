using System;
using System.Buffers.Text;
using Appliance.Firmware.Tables;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Simulator.Outputs;

/// <summary>Writes <c>frame-number TAB gid:sid:rev</c> for each match, to be compared with what other tools match.</summary>
internal sealed class MatchFile : IMatchSink, IDisposable
{
    private readonly LineFile _file;
    private readonly byte[] _line = new byte[96];
    private TableStore? _store;
    private long[] _numbers = [];

    /// <summary>Creates the file.</summary>
    /// <exception cref="ReplayException">It can't be created.</exception>
    public MatchFile(string path)
    {
        _file = LineFile.Create(path);
    }

    /// <summary>How many matches there were.</summary>
    public long Count { get; private set; }

    /// <summary>Says what the numbers of slots and signatures mean.</summary>
    /// <param name="store">Its running table holds the signatures.</param>
    /// <param name="numbers">A slot: the number of its frame, from 1 over all captures.</param>
    public void Attach(TableStore store, long[] numbers)
    {
        _store = store;
        _numbers = numbers;
    }

    /// <inheritdoc/>
    public void Match(int slot, int signature)
    {
        Count++;
        SignatureTable table = _store!.Running;
        int length = Put(_numbers[slot], 0, '\t');
        length = Put(table.Gid(signature), length, ':');
        length = Put(table.Sid(signature), length, ':');
        length = Put(table.RevOf(signature), length, '\n');
        _file.Write(_line.AsSpan(0, length));
    }

    /// <summary>It could not be written to its end.</summary>
    public bool HasFailed => _file.Failure is not null;

    /// <summary>Writes what is buffered.</summary>
    public void Flush()
    {
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
    }

    private int Put(long number, int at, char after)
    {
        Utf8Formatter.TryFormat(number, _line.AsSpan(at), out int digits);
        _line[at + digits] = (byte)after;
        return at + digits + 1;
    }
}
