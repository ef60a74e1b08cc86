using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class BroadcastsTests
{
    private const int Minute = Limits.Minute;

    // 2 % of a minute and the stamps' grain.
    private const int Slack = (Minute / 50) + 2;

    private readonly Broadcasts _broadcasts = new(new KeyedHash(6));

    [TestMethod]
    [DataRow(new[] { Minute, Minute, Minute, Minute }, 5, Minute, DisplayName = "exact")]
    [DataRow(new[] { Minute, Minute + Slack, Minute - Slack, Minute + Slack }, 5, Minute, DisplayName = "2 %")]
    [DataRow(new[] { Minute, Minute, Minute + Slack + 1 }, 2, Minute + Slack + 1, DisplayName = "more than 2 %")]
    [DataRow(new[] { Minute, Minute, Minute - Slack - 1 }, 2, Minute - Slack - 1, DisplayName = "less than 2 %")]
    [DataRow(new[] { Minute, Minute, 2 * Minute, Minute }, 2, Minute, DisplayName = "none may be missed")]
    [DataRow(new[] { 3 * Minute, Minute, Minute, Minute, Minute }, 5, Minute, DisplayName = "missed at first")]
    [DataRow(new[] { Minute, Minute * 3 / 2, Minute * 9 / 4, Minute * 27 / 8, Minute * 81 / 16 }, 2, Minute * 81 / 16,
        DisplayName = "irregular")]
    [DataRow(new[] { Minute, Minute, Minute, Limits.StoryGap + 1 }, 1, 0, DisplayName = "another story")]
    public void BroadcastsInPeriodAreCounted(int[] gaps, int count, int period)
    {
        int place = _broadcasts.Note(At(0));
        int now = 0;
        foreach (int gap in gaps)
        {
            now += gap;
            Assert.AreEqual(place, _broadcasts.Note(At(now)));
        }

        Assert.AreEqual(count, _broadcasts.InPeriodOf(place));
        Assert.AreEqual(period, _broadcasts.PeriodOf(place));
    }

    [TestMethod]
    public void ABurstIsOneBeat()
    {
        int place = 0;
        for (int beat = 0; beat < 5; beat++)
        {
            for (int copy = 0; copy < 3; copy++)
            {
                place = _broadcasts.Note(At((beat * Minute) + (copy * 20)));
            }
        }

        Assert.AreEqual(5, _broadcasts.InPeriodOf(place));
        Assert.AreEqual(Minute, _broadcasts.PeriodOf(place));
    }

    [TestMethod]
    public void ARhythmBeginsWithItsFirstBeat()
    {
        foreach (int now in new[] { 0, 700, 700 + Minute, 700 + (2 * Minute) })
        {
            _broadcasts.Note(At(now));
        }

        Assert.AreEqual(700, _broadcasts.FirstOf(_broadcasts.Note(At(700 + (3 * Minute)))));
    }

    [TestMethod]
    public void AKnownRhythmThatPausedGoesOn()
    {
        int place = Known(Minute, out int now);
        Assert.AreEqual(place, _broadcasts.Note(At(now + Limits.Day + 1234)));
        Assert.AreEqual(place, _broadcasts.Note(At(now + Limits.Day + 1234 + Minute)));
        Assert.AreEqual(Minute, _broadcasts.PeriodOf(place));
        Assert.AreEqual(3, _broadcasts.IncidentOf(place));

        _broadcasts.Tie(place, -1);
        place = _broadcasts.Note(At(Limits.Day * 2));
        Assert.AreEqual(1, _broadcasts.InPeriodOf(place), "forgotten with its incident");
    }

    [TestMethod]
    [DataRow(new[] { 2, 3, 4, 1 }, Minute, DisplayName = "beats are missed")]
    [DataRow(new[] { 2, 2, 2, 1, 2, 2, 2 }, Minute, DisplayName = "and often")]
    [DataRow(new[] { 2, 2, 2, 2 }, 2 * Minute, DisplayName = "always the same number")]
    [DataRow(new[] { 5, 5, 5, 5 }, 5 * Minute, DisplayName = "another period")]
    [DataRow(new[] { 5, 5, 5 }, Minute, DisplayName = "not yet another")]
    [DataRow(new[] { 5, 6, 7, 9, 10, 11, 12, 1 }, Minute, DisplayName = "it comes back")]
    [DataRow(new[] { 5, 6, 7, 9, 10, 11, 12, 13 }, 0, DisplayName = "it does not")]
    [DataRow(new[] { 5, 6, 7, 9, 10, 11, 12, 13, 1, 1, 1 }, 0, DisplayName = "four beats are none")]
    [DataRow(new[] { 5, 6, 7, 9, 10, 11, 12, 13, 1, 1, 1, 1 }, Minute, DisplayName = "five beats are one")]
    public void AKnownPeriodIsKeptUntilThereIsAnotherOrNone(int[] minutes, int period)
    {
        int place = Known(Minute, out int now);
        foreach (int gap in minutes)
        {
            now += gap * Minute;
            Assert.AreEqual(place, _broadcasts.Note(At(now)));
        }

        Assert.AreEqual(period, _broadcasts.PeriodOf(place));
    }

    [TestMethod]
    public void AKnownPeriodIsNotShortenedByTwoThatComeCloseTogether()
    {
        int place = Known(Minute, out int now);
        _broadcasts.Note(At(now + (Minute / 4)));
        _broadcasts.Note(At(now + (Minute / 2)));
        _broadcasts.Note(At(now + Minute));
        Assert.AreEqual(Minute, _broadcasts.PeriodOf(place));
    }

    [TestMethod]
    [DataRow(3, 1, 3)]
    [DataRow(10, 1, 10)]
    [DataRow(30, 1, 30)]
    [DataRow(50, 1, 50)]
    [DataRow(99, 1, 99)]
    [DataRow(100, 1, 100)]
    [DataRow(150, 1, 150)]
    [DataRow(150, 3, 150, DisplayName = "three copies at once")]
    public void APeriodBelowASecondIsNoBurst(int gap, int copies, int period)
    {
        int place = -1;
        for (int i = 0; i < 12_000 / gap; i++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                place = _broadcasts.Note(At((i * gap) + copy));
                if (_broadcasts.InPeriodOf(place) == 5 && _broadcasts.IncidentOf(place) < 0)
                {
                    _broadcasts.Tie(place, 3);
                }
            }
        }

        Assert.AreEqual(3, _broadcasts.IncidentOf(place));
        Assert.AreEqual(period, _broadcasts.PeriodOf(place));
    }

    [TestMethod]
    public void AFloodOfSendersLeavesARhythmAlone()
    {
        int flooder = 1000;
        int place = 0;
        for (int beat = 0; beat < 5; beat++)
        {
            place = _broadcasts.Note(At(beat * Minute));
            // Some 1,700 a second, each a sender of its own: three thousand for each that can be remembered.
            for (int i = 0; beat >= 2 && i < 100_000; i++)
            {
                _broadcasts.Note(At((beat * Minute) + (i / 17), flooder++));
            }
        }

        Assert.AreEqual(5, _broadcasts.Note(At(4 * Minute)) == place ? _broadcasts.InPeriodOf(place) : -1);
        Assert.IsGreaterThan(10_000, _broadcasts.Evictions);
    }

    [TestMethod]
    public void AnotherPortTargetOrSenderIsAnotherRhythm()
    {
        Probe[] probes = [At(0), At(0), At(0), At(0)];
        probes[1].Port = 1601;
        probes[2].Target = 0x0a0001fe;
        probes[3].Actor = 4;
        Assert.AreEqual(4, probes.Select(_broadcasts.Note).Distinct().Count());
    }

    [TestMethod]
    public void OfThoseWithoutARhythmTheLongestSilentGivesWay()
    {
        int[] places = Fill(64);
        Assert.HasCount(64, places.Distinct());
        Assert.AreEqual(places[0], _broadcasts.Note(At(1000, 900)));
        Assert.AreEqual(places[1], _broadcasts.Note(At(1001, 901)));
        Assert.AreEqual(2, _broadcasts.Evictions);
        Assert.AreEqual(1, _broadcasts.InPeriodOf(places[1]), "it begins anew");
    }

    [TestMethod]
    [DataRow(30_000, 0, DisplayName = "four beats were missed")]
    [DataRow(30_001, 1, DisplayName = "and a fifth")]
    public void ARhythmThatIsFollowedStaysUntilItMissedFiveBeats(int later, int lost)
    {
        int followed = 0;
        for (int beat = 0; beat < 3; beat++)
        {
            followed = _broadcasts.Note(At(beat * Minute));
        }

        int now = (2 * Minute) + later;
        int[] others = [.. Enumerable.Range(0, 63).Select(i => _broadcasts.Note(At(now - 10, 100 + i)))];
        Assert.DoesNotContain(followed, others);
        int place = _broadcasts.Note(At(now, 900));
        Assert.AreEqual(lost == 1, place == followed);
    }

    [TestMethod]
    public void TwoBeatsAreNoRhythmYet()
    {
        int place = _broadcasts.Note(At(0));
        _broadcasts.Note(At(Minute));
        for (int i = 0; i < 63; i++)
        {
            _broadcasts.Note(At(Minute + 1, 100 + i));
        }

        Assert.AreEqual(place, _broadcasts.Note(At(Minute + 2, 900)));
    }

    [TestMethod]
    public void WhereAllAreFollowedTheLongestSilentGivesWay()
    {
        int[] places = new int[64];
        for (int beat = 0; beat < 3; beat++)
        {
            for (int i = 0; i < 64; i++)
            {
                places[i] = _broadcasts.Note(At((beat * Minute) + i, 100 + i));
            }
        }

        Assert.AreEqual(places[0], _broadcasts.Note(At((2 * Minute) + 100, 900)));
    }

    [TestMethod]
    public void AnIncidentsSenderNeverDoes()
    {
        int[] places = Fill(64);
        for (int i = 0; i < 63; i++)
        {
            _broadcasts.Tie(places[i], i % 12);
        }

        Assert.AreEqual(places[63], _broadcasts.Note(At(1000, 900)));
        Assert.AreEqual(places[63], _broadcasts.Note(At(1001, 901)));
        Assert.AreEqual((0, 11, -1), (_broadcasts.IncidentOf(places[0]), _broadcasts.IncidentOf(places[11]),
            _broadcasts.IncidentOf(places[63])));
    }

    [TestMethod]
    [DataRow(25_919_999, 1)]
    [DataRow(25_920_000, 0)]
    public void WhoseStoryIsOverIsNoLoss(int later, int evictions)
    {
        _broadcasts.Note(At(0));
        for (int i = 0; i < 63; i++)
        {
            _broadcasts.Note(At(later, 100 + i));
        }

        _broadcasts.Note(At(later, 900));
        Assert.AreEqual(evictions, _broadcasts.Evictions);
    }

    [TestMethod]
    public void AClosedIncidentFreesItsSendersAndNoOthers()
    {
        int[] places = Fill(3);
        _broadcasts.Tie(places[0], 0);
        _broadcasts.Tie(places[1], 1);
        _broadcasts.Tie(places[2], 0);
        _broadcasts.Release(0);
        Assert.AreEqual((-1, 1, -1), (_broadcasts.IncidentOf(places[0]), _broadcasts.IncidentOf(places[1]),
            _broadcasts.IncidentOf(places[2])));
        Assert.AreEqual(places[0], _broadcasts.Note(At(50, 900)), "its place is free");
        Assert.AreEqual(places[1], _broadcasts.Note(At(60, 101)), "who is of an open one is known");
        Assert.AreEqual(0, _broadcasts.Evictions);
    }

    [TestMethod]
    public void ARhythmBeganWithItsFirstBeatThreeMinutesAgo()
    {
        int place = 0;
        for (int beat = 0; beat < 4; beat++)
        {
            place = _broadcasts.Note(At(700 + (beat * Minute)));
        }

        Assert.AreEqual(700, _broadcasts.FirstOf(place) / 10 * 10, "to half a second in three minutes");
    }

    // So many senders, ten centiseconds one after the other.
    private int[] Fill(int senders) => [.. Enumerable.Range(0, senders).Select(i => _broadcasts.Note(At(i * 10, 100 + i)))];

    // A rhythm that became an incident.
    private int Known(int period, out int now)
    {
        int place = 0;
        now = 0;
        for (int beat = 0; beat < 5; beat++)
        {
            now = beat * period;
            place = _broadcasts.Note(At(now));
        }

        Assert.AreEqual(5, _broadcasts.InPeriodOf(place));
        _broadcasts.Tie(place, 3);
        return place;
    }

    private static Probe At(int now, int actor = 3) => new()
    {
        Now = now,
        Actor = actor,
        Target = 0x0a0000ff,
        Port = 1600,
        Protocol = 17
    };
}
