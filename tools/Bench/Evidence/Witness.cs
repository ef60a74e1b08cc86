using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Bench.Evidence;

/// <summary>What the sensor's own classes conclude of one actor's contacts at one service.</summary>
internal sealed class Witness
{
    private readonly Acquaintances _acquaintances = new();
    private readonly OutcomeWalk _test = new();
    private int _key;
    private int _walk;

    /// <summary>First contacts so far.</summary>
    public int Contacts { get; private set; }

    /// <summary>First contacts when the outcomes were enough, 0 before.</summary>
    public int ByOutcome { get; private set; }

    /// <summary>First contacts when their number was enough, 0 before.</summary>
    public int ByNumber { get; private set; }

    /// <summary>First contacts when the actor was told, 0 before.</summary>
    public int Told => ByOutcome == 0 || (ByNumber != 0 && ByNumber < ByOutcome) ? ByNumber : ByOutcome;

    /// <summary>Begins with another actor.</summary>
    /// <param name="key">Its key in the memory.</param>
    public void Begin(int key)
    {
        _key = key;
        _walk = 0;
        Contacts = 0;
        ByOutcome = 0;
        ByNumber = 0;
    }

    /// <summary>Takes in a contact.</summary>
    /// <param name="target">Whom.</param>
    /// <param name="isFailure">It failed.</param>
    /// <param name="now">Centiseconds.</param>
    public void Take(int target, bool isFailure, int now)
    {
        int level = _acquaintances.Meet(_key, target, now, Acquaintances.PatienceShift);
        if (level == 0)
        {
            return;
        }

        Contacts++;
        _walk = _test.Step(_walk, isFailure, false);
        ByOutcome = ByOutcome == 0 && _test.IsScan(_walk, false) ? Contacts : ByOutcome;
        ByNumber = ByNumber == 0 && level >= Acquaintances.Crowd ? Contacts : ByNumber;
    }
}
