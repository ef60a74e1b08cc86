namespace Appliance.Simulator.Faults;

/// <summary>What fails at the mirror port: <c>--fault-ring</c> and <c>--fault-link</c>.</summary>
internal sealed class PortFaults
{
    private NamedFault? _stall;

    /// <summary>The link.</summary>
    public LinkFaults Link { get; } = new(period: 1_000_000);

    /// <summary>Something may fail.</summary>
    public bool IsAny => Link.IsAny || _stall is not null;

    /// <summary>Times that the program reset the receiver.</summary>
    public int Resets { get; private set; }

    /// <summary>The receiver stalls, until it is reset.</summary>
    public void Stall(NamedFault fault) => _stall = fault;

    /// <summary>What becomes of a frame: a MAC without a link sees none, a receiver that stalls misses it.</summary>
    public FrameFate FateAt(long stamp) => !Link.IsUp(stamp) ? FrameFate.Unseen
        : _stall?.Strikes(stamp) == true ? FrameFate.Missed : FrameFate.Delivered;

    /// <summary>The program resets the receiver.</summary>
    public void Reset(long stamp)
    {
        Resets++;
        if (_stall?.HasStruck == true)
        {
            _stall = null;
        }
    }
}
