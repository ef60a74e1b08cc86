using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>The way to a collector that is down, slow, resets, or is not there at all.</summary>
[TestClass]
public sealed class SyslogSenderTests
{
    private const long Second = 1_000_000;

    private readonly FakeUplink _uplink = new();
    private long _now;

    [TestMethod]
    [DataRow("udp://192.0.2.10:514", CollectorAddress.Udp, "192.0.2.10", 514)]
    [DataRow("udp://192.0.2.10", CollectorAddress.Udp, "192.0.2.10", 514)]
    [DataRow("tcp://[2001:db8::1]:601", CollectorAddress.Tcp, "2001:db8::1", 601)]
    [DataRow("tcp://[2001:db8::1]", CollectorAddress.Tcp, "2001:db8::1", 514)]
    [DataRow("tls://syslog.example", CollectorAddress.Tls, "syslog.example", 6514)]
    [DataRow("tls://syslog.example:16514/", CollectorAddress.Tls, "syslog.example", 16514)]
    public void An_address_is_taken_apart(string text, int protocol, string host, int port)
    {
        CollectorAddress address = Parse(text);
        Assert.AreEqual(protocol, address.Protocol);
        Assert.AreEqual(host, Encoding.ASCII.GetString(address.Host));
        Assert.AreEqual(port, address.Port);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("udp://")]
    [DataRow("ftp://192.0.2.10:514")]
    [DataRow("udp:192.0.2.10:514")]
    [DataRow("udp://:514")]
    [DataRow("udp://192.0.2.10:0")]
    [DataRow("udp://192.0.2.10:65536")]
    [DataRow("udp://192.0.2.10:99999999999")]
    [DataRow("udp://192.0.2.10:5x")]
    [DataRow("tcp://[2001:db8::1")]
    [DataRow("tcp://[]:514")]
    public void What_is_no_address_is_none(string text) => Assert.AreEqual(CollectorAddress.None, Parse(text).Protocol);

    [TestMethod]
    [DataRow("udp://192.0.2.10:514")]
    [DataRow("tcp://192.0.2.10:601")]
    [DataRow("tls://192.0.2.10:6514")]
    public void Messages_arrive_whole_and_in_order(string address)
    {
        SyslogSender sender = Make(address);
        string[] sent = Put(sender, 100, flush: true);
        CollectionAssert.AreEqual(sent, _uplink.Received);
        Assert.AreEqual(0, sender.Queue.Dropped);
    }

    [TestMethod]
    public void A_stream_that_takes_an_octet_at_a_time_gets_whole_messages()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.Window = 1;
        string[] sent = Put(sender, 5);
        Pump(sender, 2000);
        CollectionAssert.AreEqual(sent, _uplink.Received);
    }

    [TestMethod]
    public void A_collector_that_is_down_is_tried_more_and_more_rarely()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.IsUp = false;
        string[] sent = Put(sender, 3);
        Pump(sender, 3600);
        Assert.IsLessThan(80, _uplink.Opened, "attempts in an hour");
        Assert.IsGreaterThan(40, _uplink.Opened, "attempts in an hour");
        _uplink.IsUp = true;
        Pump(sender, 100);
        CollectionAssert.AreEqual(sent, _uplink.Received);
    }

    [TestMethod]
    public void A_black_hole_is_left_and_tried_again()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.IsBlackHole = true;
        string[] sent = Put(sender, 3);
        Pump(sender, 300);
        Assert.IsGreaterThan(3, _uplink.Opened);
        Assert.IsLessThan(12, _uplink.Opened, "a connection is given its time");
        _uplink.IsBlackHole = false;
        Pump(sender, 120);
        CollectionAssert.AreEqual(sent, _uplink.Received);
    }

    [TestMethod]
    public void A_connection_that_is_answered_late_is_waited_for()
    {
        SyslogSender sender = Make("tls://192.0.2.10:6514");
        _uplink.IsBlackHole = true;
        string[] sent = Put(sender, 3);
        Pump(sender, 18);
        Assert.AreEqual(1, _uplink.Opened);
        _uplink.Answer();
        Pump(sender, 1);
        CollectionAssert.AreEqual(sent, _uplink.Received);
        Assert.AreEqual(0, sender.Failures);
    }

    [TestMethod]
    [DataRow("udp://192.0.2.10:514")]
    [DataRow("tcp://192.0.2.10:601")]
    public void After_a_collector_that_was_reached_the_first_pause_is_short_again(string address)
    {
        SyslogSender sender = Make(address);
        _uplink.IsUp = false;
        string[] sent = Put(sender, 1);
        Pump(sender, 600);
        _uplink.IsUp = true;
        Pump(sender, 100);
        Assert.AreEqual(0, sender.Failures);
        _uplink.IsUp = false;
        sent = [.. sent, .. Put(sender, 1)];
        Pump(sender, 8);
        Assert.AreNotEqual(0, sender.Failures);
        _uplink.IsUp = true;
        Pump(sender, 8);
        CollectionAssert.AreEqual(sent, _uplink.Received.Distinct().ToArray());
    }

    [TestMethod]
    [DataRow("udp://192.0.2.10:514")]
    [DataRow("tcp://192.0.2.10:601")]
    public void A_collector_that_takes_messages_without_a_pause_is_reached(string address)
    {
        SyslogSender sender = Make(address);
        _uplink.IsUp = false;
        Put(sender, 1);
        Pump(sender, 600);
        Assert.IsGreaterThan(5, sender.Failures);
        _uplink.IsUp = true;
        while (_uplink.Received.Count == 0)
        {
            Put(sender, 1, flush: true);
        }

        for (int i = 0; i < 4; i++)
        {
            Put(sender, 1, flush: true);
        }

        Assert.AreNotEqual(0, sender.Failures, "not before it has settled");
        Put(sender, 3, flush: true);
        Assert.AreEqual(0, sender.Failures);
    }

    [TestMethod]
    public void A_stream_that_took_a_message_and_then_nothing_is_not_reached()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.IsUp = false;
        Put(sender, 1);
        Pump(sender, 2);
        Assert.AreNotEqual(0, sender.Failures);
        _uplink.IsUp = true;
        while (!sender.IsOpen)
        {
            Pump(sender, 1);
        }

        _uplink.Window = 0;
        Put(sender, 2);
        Pump(sender, 20);
        Assert.AreNotEqual(0, sender.Failures);
    }

    [TestMethod]
    [DataRow("udp://192.0.2.10:514", true)]
    [DataRow("tcp://192.0.2.10:601", true)]
    [DataRow("udp://192.0.2.10:514", false)]
    public void A_message_that_finds_the_queue_full_is_sent_before_one_is_dropped(string address, bool isOpen)
    {
        SyslogSender sender = Make(address);
        if (isOpen)
        {
            Pump(sender, 1);
        }

        for (int i = 0; i < 200; i++)
        {
            byte[] line = Encoding.ASCII.GetBytes(Line(i, 5));
            sender.Alert(line, line.Length, 5);
        }

        Assert.AreEqual(isOpen, sender.Queue.Dropped == 0);
    }

    [TestMethod]
    public void A_datagram_that_nobody_takes_is_noticed_though_none_follows()
    {
        SyslogSender sender = Make("udp://192.0.2.10:514");
        _uplink.IsUp = false;
        string[] sent = Put(sender, 1);
        Pump(sender, 7);
        Assert.AreEqual(1, sender.Failures);
        Assert.AreEqual(1, sender.Queue.Repeated);
        _uplink.IsUp = true;
        Pump(sender, 30);
        CollectionAssert.AreEqual(sent, _uplink.Received);
        Assert.AreEqual(0, sender.Failures);
    }

    [TestMethod]
    public void A_network_without_a_link_is_asked_now_and_then()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.HasLink = false;
        Put(sender, 1);
        Pump(sender, 60);
        Assert.IsLessThanOrEqualTo(31, _uplink.Looks);
        _uplink.HasLink = true;
        Pump(sender, 3);
        Assert.HasCount(1, _uplink.Received);
    }

    [TestMethod]
    public void A_stream_that_is_stuck_is_left_and_nothing_is_lost()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        string[] sent = Put(sender, 2);
        Pump(sender, 10);
        _uplink.Window = 0;
        sent = [.. sent, .. Put(sender, 2)];
        Pump(sender, 40);
        Assert.AreEqual(1, sender.Breaks);
        _uplink.Window = int.MaxValue;
        Pump(sender, 10);
        CollectionAssert.AreEqual(sent, _uplink.Received);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(700)]
    public void A_reset_loses_nothing_that_was_on_its_way(int unread)
    {
        for (int after = 1; after < 3000; after += 53)
        {
            _now = 0;
            var uplink = new FakeUplink { ResetAfter = after, Unread = unread };
            SyslogSender sender = Make("tcp://192.0.2.10:601", uplink);
            string[] sent = Put(sender, 20);
            Pump(sender, 60);
            CollectionAssert.IsSubsetOf(sent, uplink.Received, $"reset after {after} octets");
            CollectionAssert.AreEqual(sent, uplink.Received.Distinct().ToArray(), "in order, whatever came twice");
            Assert.AreEqual(0, sender.Queue.Dropped);
            Assert.IsGreaterThanOrEqualTo(uplink.Received.Count - sent.Length, sender.Queue.Repeated, "what came twice is counted");
            Assert.IsTrue(sender.Breaks == 0 || sender.Queue.Repeated > 0, $"reset after {after} octets");
        }
    }

    [TestMethod]
    public void A_refused_datagram_is_sent_again()
    {
        SyslogSender sender = Make("udp://192.0.2.10:514");
        string[] sent = Put(sender, 2);
        Pump(sender, 10);
        _uplink.IsUp = false;
        sent = [.. sent, .. Put(sender, 3)];
        Pump(sender, 20);
        _uplink.IsUp = true;
        Pump(sender, 60);
        CollectionAssert.AreEqual(sent, _uplink.Received.Distinct().ToArray());
    }

    [TestMethod]
    public void What_has_no_room_is_counted_and_the_severe_stays()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        _uplink.IsUp = false;
        Pump(sender, 1);
        var severe = new List<string>();
        for (int i = 0; i < 500; i++)
        {
            bool isSevere = i % 50 == 0;
            string line = Line(i, isSevere ? 2 : 6);
            severe.AddRange(isSevere ? [line] : []);
            byte[] octets = Encoding.ASCII.GetBytes(line);
            sender.Alert(octets, octets.Length, isSevere ? 2 : 6);
        }

        int dropped = sender.Queue.Dropped;
        Assert.AreEqual(500, dropped + sender.Queue.Count);
        _uplink.IsUp = true;
        Pump(sender, 120);
        Assert.AreEqual(500 - dropped, _uplink.Received.Count);
        CollectionAssert.IsSubsetOf(severe, _uplink.Received);
        Assert.AreEqual(Line(499, 6), _uplink.Received[^1], "of the others the newest stay");
    }

    [TestMethod]
    public void Severe_messages_alone_give_way_to_their_like_and_never_to_lesser_ones()
    {
        var queue = new AlertQueue(1000);
        byte[] into = new byte[640];
        for (int i = 0; i < 50; i++)
        {
            Add(queue, Line(i, 2));
        }

        int full = queue.Count;
        Add(queue, Line(99, 6));
        Assert.AreEqual(full, queue.Count);
        Assert.AreEqual(51 - full, queue.Dropped);
        int length = queue.Take(into, 0);
        Assert.AreEqual(Line(50 - full, 2), Encoding.ASCII.GetString(into, 0, length));
    }

    [TestMethod]
    public void A_queue_that_is_used_at_random_keeps_order_and_counts()
    {
        var random = new Random(4);
        for (int round = 0; round < 200; round++)
        {
            var queue = new AlertQueue(random.Next(700, 3000));
            byte[] into = new byte[640];
            int put = 0;
            int taken = 0;
            int last = -1;
            for (int step = 0; step < 300; step++)
            {
                if (random.Next(3) > 0)
                {
                    Add(queue, Line(put++, 5, random.Next(1, 400)));
                }
                else if (queue.Take(into, 0) is var length && length > 0)
                {
                    taken++;
                    int number = int.Parse(Encoding.ASCII.GetString(into, 0, length).Split('#')[1], null);
                    Assert.IsGreaterThan(last, number);
                    last = number;
                    if (random.Next(4) == 0)
                    {
                        queue.Confirm(queue.Unconfirmed);
                    }
                }

                Assert.AreEqual(put, taken + queue.Dropped + queue.Count);
            }
        }
    }

    [TestMethod]
    public void The_same_collector_in_another_table_keeps_the_connection()
    {
        SyslogSender sender = Make("tcp://192.0.2.10:601");
        Put(sender, 2);
        Pump(sender, 2);
        Use(sender, "tcp://192.0.2.10:601");
        Pump(sender, 2);
        Assert.AreEqual(1, _uplink.Opened);
        Use(sender, "tcp://192.0.2.11:601");
        Pump(sender, 2);
        Assert.AreEqual(2, _uplink.Opened);
        Assert.AreEqual("192.0.2.11", _uplink.Host);
    }

    private static void Add(AlertQueue queue, string line)
    {
        byte[] octets = Encoding.ASCII.GetBytes(line);
        queue.Put(octets, octets.Length, line[2] - '0');
    }

    private static string Line(int number, int severity, int padding = 300) =>
        $"<8{severity}>1 - tap - - x - #{number}#{new string('x', padding)}";

    private static CollectorAddress Parse(string text)
    {
        byte[] octets = [1, 2, 3, .. Encoding.ASCII.GetBytes(text)];
        var address = new CollectorAddress();
        address.Parse(octets, 3, octets.Length - 3);
        return address;
    }

    private static void Use(SyslogSender sender, string address)
    {
        byte[] octets = Encoding.ASCII.GetBytes(address);
        sender.UseCollector(octets, 0, octets.Length, octets, 0, 0);
    }

    private SyslogSender Make(string address, FakeUplink? uplink = null)
    {
        var sender = new SyslogSender(uplink ?? _uplink, 16384, 1);
        Use(sender, address);
        return sender;
    }

    private string[] Put(SyslogSender sender, int count, bool flush = false)
    {
        string[] lines = [.. Enumerable.Range(0, count).Select(i => Line(((int)(_now / Second) * 1000) + i, 5))];
        foreach (string line in lines)
        {
            byte[] octets = Encoding.ASCII.GetBytes(line);
            sender.Alert(octets, octets.Length, 5);
            if (flush)
            {
                Pump(sender, 1);
            }
        }

        return lines;
    }

    private void Pump(SyslogSender sender, int seconds)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            sender.Pump(_now);
            _now += Second / 10;
        }
    }
}
