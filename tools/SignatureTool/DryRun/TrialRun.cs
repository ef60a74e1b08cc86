using System.Collections.Generic;
using Appliance.Firmware.Tables;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.DryRun;

/// <summary>The trial that a device makes of a new table, begun at every frame in turn: how many of the frames that it would then
/// be given does it match?</summary>
internal sealed class TrialRun
{
    private readonly TableTrial _trial;

    // A device on trial keeps what either table asks for.
    private readonly FrameIntake _intake = new();
    private readonly SlotBatch _slot = new(1);
    private readonly Timeline _timeline = new();
    private readonly Queue<bool> _newest = [];
    private int _matched;

    /// <summary>Makes a run.</summary>
    /// <param name="running">The table in use.</param>
    /// <param name="fresh">The table on trial.</param>
    public TrialRun(SignatureTable running, SignatureTable fresh)
    {
        _trial = new TableTrial(fresh, running);
        var both = new InterestUnion(running, fresh);
        _intake.UseInterest(both.Octets, 0, both.Ranges, both.OpeningsAt, both.Openings);
    }

    /// <summary>Of the trials, the one that matched the largest share: slots matched, and slots.</summary>
    public (int Matched, int Of) Worst { get; private set; }

    /// <summary>Trials at which a device would refuse the table, and all trials.</summary>
    public (int Refused, int All) Trials { get; private set; }

    /// <summary>The next frame is another file's first.</summary>
    public void BeginFile() => _timeline.BeginFile();

    /// <summary>Takes the frame that a reader stands at.</summary>
    public void Take(CaptureReader reader)
    {
        if (!_timeline.Follow(reader.Time))
        {
            _timeline.Turn(reader.Time);
        }

        Playback.Interest interest = _intake.Take(reader.Buffer, reader.At, reader.Captured, reader.WireLength, _timeline.Stamp);
        if (interest is Playback.Interest.Skip or Playback.Interest.Copy)
        {
            return;
        }

        _slot.Count = 0;
        _intake.Put(_slot);
        bool isNews = _trial.IsNews(_slot, 0);
        _newest.Enqueue(isNews);
        _matched += isNews ? 1 : 0;
        if (_newest.Count > TableTrial.Slots)
        {
            _matched -= _newest.Dequeue() ? 1 : 0;
        }

        if (_newest.Count >= TableTrial.Enough)
        {
            Judge();
        }
    }

    private void Judge()
    {
        bool refused = _matched * TableStore.MatchShare > _newest.Count;
        Trials = (Trials.Refused + (refused ? 1 : 0), Trials.All + 1);
        if (Worst.Of == 0 || (long)_matched * Worst.Of > (long)Worst.Matched * _newest.Count)
        {
            Worst = (_matched, _newest.Count);
        }
    }
}
