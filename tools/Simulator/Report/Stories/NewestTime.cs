using System;

namespace Appliance.Simulator.Report.Stories;

/// <summary>The newest of many times, by clocks that may be wrong: one that is set to 2038 must not age all others.</summary>
internal sealed class NewestTime
{
    private DateTimeOffset? _past;
    private DateTimeOffset? _any;

    /// <summary>The newest that is not later than the time at which it was taken; where all are later, the newest of all; null
    /// for none.</summary>
    public DateTimeOffset? Value => _past ?? _any;

    /// <summary>Takes a time.</summary>
    /// <param name="time">The time; null without a clock.</param>
    public void Take(DateTimeOffset? time)
    {
        _any = time > _any || _any is null ? time ?? _any : _any;
        _past = time <= DateTimeOffset.UtcNow && (_past is null || time > _past) ? time : _past;
    }
}
