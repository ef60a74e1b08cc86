using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>Answers that wait for their question keep all that is needed to judge them.</summary>
[TestClass]
public sealed class HeldAnswersTests
{
    private readonly HeldAnswers _held = new();

    [TestMethod]
    public void WhatIsHeldIsReadAgain()
    {
        _held.Add(Answer(1));
        _held.Add(Answer(2));
        var read = new Probe { IsSuspect = true, Signature = 3, Expected = 4 };
        _held.Read(1, read);
        Assert.AreEqual((102, 7, 4, 0x0a000002, 0x14000002, 6),
            (read.Now, read.Fine, read.Version, read.Actor, read.Target, read.Protocol));
        Assert.AreEqual((40002, 50002, 62, 0x12), (read.SourcePort, read.Port, read.Ttl, read.Flags));
        Assert.AreEqual(1_700_000_000_123_456L + 2, read.Wall);
        Assert.AreEqual((-1, -1, false, 1), (read.Signature, read.Expected, read.IsSuspect, read.Sequence));
        _held.Read(0, read);
        Assert.AreEqual(0x0a000001, read.Actor);
        Assert.AreEqual(101, _held.Oldest());
        Assert.AreEqual(2, _held.Count);
    }

    [TestMethod]
    public void ANumberOfZeroIsRemembered()
    {
        Probe answer = Answer(1);
        answer.Sequence = 0;
        _held.Add(answer);
        var read = new Probe();
        _held.Read(0, read);
        Assert.AreEqual(0, read.Sequence);
    }

    [TestMethod]
    public void AnIPv6AnswerKeepsItsAddresses()
    {
        for (int i = 1; i <= 4; i++)
        {
            Probe answer = Answer(i);
            answer.Version = 6;
            answer.Addresses = [9, .. Enumerable.Range(0, 32).Select(octet => (byte)(octet + (i * 40)))];
            answer.SourceAt = 1;
            answer.DestinationAt = 17;
            _held.Add(answer);
        }

        _held.DropOldest();
        Assert.AreEqual(3, _held.Count);
        Assert.AreEqual(102, _held.Oldest());
        var read = new Probe();
        for (int place = 0; place < 3; place++)
        {
            _held.Read(place, read);
            Assert.AreEqual(0x0a000002 + place, read.Actor);
            Assert.AreEqual((byte)((place + 2) * 40), read.Addresses[read.SourceAt]);
            Assert.AreEqual((byte)(((place + 2) * 40) + 15), read.Addresses[read.SourceAt + 15]);
            Assert.AreEqual((byte)(((place + 2) * 40) + 16), read.Addresses[read.DestinationAt]);
            Assert.AreEqual((byte)(((place + 2) * 40) + 31), read.Addresses[read.DestinationAt + 15]);
        }
    }

    [TestMethod]
    public void AFlowGoesOnOnce()
    {
        _held.Add(Answer(1));
        _held.Add(Answer(2));
        Assert.IsTrue(_held.GoOn(Answer(2)));
        Assert.IsFalse(_held.GoOn(Answer(2)));
        Assert.IsFalse(_held.DoesGoOn(0));
        Assert.IsTrue(_held.DoesGoOn(1));
        Assert.IsFalse(_held.GoOn(Answer(3)), "of a flow that waits for nothing");
    }

    [TestMethod]
    [DataRow(true, false, false, false)]
    [DataRow(false, true, false, false)]
    [DataRow(false, false, true, false)]
    [DataRow(false, false, false, true)]
    public void ItIsTheSameFlowOnlyWithAllFourAlike(bool actor, bool target, bool sourcePort, bool port)
    {
        _held.Add(Answer(1));
        Probe other = Answer(1);
        other.Actor += actor ? 1 : 0;
        other.Target += target ? 1 : 0;
        other.SourcePort += sourcePort ? 1 : 0;
        other.Port += port ? 1 : 0;
        Assert.IsFalse(_held.GoOn(other));
    }

    [TestMethod]
    public void AResetGoesOnWithNothing()
    {
        Probe reset = Answer(1);
        reset.Flags = 0x14;
        _held.Add(reset);
        Assert.IsFalse(_held.GoOn(Answer(1)));
        Assert.IsFalse(_held.DoesGoOn(0));
    }

    private static Probe Answer(int number) => new()
    {
        Now = 100 + number,
        Fine = 7,
        Version = 4,
        Actor = 0x0a000000 + number,
        Target = 0x14000000 + number,
        SourcePort = 40000 + number,
        Port = 50000 + number,
        Ttl = 62,
        Flags = 0x12,
        Sequence = 77,
        Wall = 1_700_000_000_123_456L + number,
    };
}
