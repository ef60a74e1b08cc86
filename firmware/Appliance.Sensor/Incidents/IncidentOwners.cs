using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>What remembers on behalf of an open incident, and is freed with it.</summary>
public sealed class IncidentOwners
{
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly Broadcasts _broadcasts;

    /// <summary>Makes it of the memories.</summary>
    public IncidentOwners(Suspicions suspicions, SharedTargets shared, Broadcasts broadcasts)
    {
        _suspicions = suspicions;
        _shared = shared;
        _broadcasts = broadcasts;
    }

    /// <summary>Has a suspicion stay as long as the incident that stands on it.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="record">The incident's record.</param>
    public void Hold(int at, int record)
    {
        int[] cells = _suspicions.Cells;
        cells[at + Suspicions.Incident] = record + 1;
        cells[at + Suspicions.Facts] |= Suspicions.IsOwner;
    }

    /// <summary>Frees what a closed incident held.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="record">Its record.</param>
    public void Release(int kind, int record)
    {
        if (kind == Kind.Broadcast)
        {
            _broadcasts.Release(record);
        }
        else if (kind == Kind.DistributedProbe)
        {
            _shared.Release(record);
        }
        else
        {
            _suspicions.Release(record);
        }
    }
}
