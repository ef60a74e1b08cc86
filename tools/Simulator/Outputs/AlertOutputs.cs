using System;
using Appliance.Sensor;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Light;

namespace Appliance.Simulator.Outputs;

/// <summary>Takes the sensor's lines to wherever the user wants them.</summary>
internal sealed class AlertOutputs : IAlertSink
{
    private bool _dirty;

    /// <summary>The RFC 5424 lines, one a line; null for nowhere.</summary>
    public LineFile? Lines { get; init; }

    /// <summary>Lines for a person; null for nowhere.</summary>
    public IncidentText? Text { get; init; }

    /// <summary>Whoever else wants the lines; null for nobody.</summary>
    public IAlertSink? Further { get; init; }

    /// <summary>Is told what the light of the box shows; null for nobody.</summary>
    public Action<LightChange>? Light { get; init; }

    /// <summary>How many lines there were.</summary>
    public long Count { get; private set; }

    /// <summary>Whoever read standard output has gone: nothing that this replay still finds would be seen there.</summary>
    public bool IsAbandoned => Lines is { IsBroken: true } || Text is { IsBroken: true };

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        var octets = line.AsSpan(0, length);
        Count++;
        _dirty = true;
        Lines?.WriteLine(octets);
        Text?.Take(octets);
        Further?.Alert(line, length, severity);
    }

    /// <summary>Lets readers see what there is.</summary>
    public void Flush()
    {
        if (_dirty)
        {
            _dirty = false;
            Lines?.Flush();
            Text?.Flush();
        }
    }
}
