using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>The schema and its views in a real PostgreSQL: filled by a real rsyslog, and by a million lines.</summary>
[TestClass]
[NeedsPostgres]
public sealed class PostgresTests
{
    /// <summary>An analyst waits so long for a question over a million lines, on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static PostgresServer? _server;

    public TestContext TestContext { get; set; } = null!;

    [ClassInitialize]
    public static void Start(TestContext context)
    {
        if (PostgresServer.Programs() is not null)
        {
            _server = new PostgresServer();
        }
    }

    [ClassCleanup]
    public static void Stop() => _server?.Dispose();

    [TestMethod]
    [NeedsTool("rsyslogd")]
    public void RsyslogFillsTheTable()
    {
        string database = Database("filled");
        _server!.Query(database, "grant usage on schema tap to tap; grant insert on tap.line to tap");
        using var folder = new TemporaryFolder();
        int port = Network.FreePort(SocketType.Dgram);
        string text = File.ReadAllText(Repository.PathOf("tools", "Collector", "rsyslog", "tap-receive.conf"))
            + File.ReadAllText(Repository.PathOf("tools", "Collector", "rsyslog", "tap-postgresql.conf"));
        text = text.Replace("port=\"514\"", $"address=\"127.0.0.1\" port=\"{port}\"", StringComparison.Ordinal)
            .Replace("port=\"601\"", $"address=\"127.0.0.1\" port=\"{Network.FreePort()}\"", StringComparison.Ordinal)
            .Replace("/var/log/", folder.Path + "/", StringComparison.Ordinal)
            .Replace("server=\"localhost\" db=\"tap\"", $"server=\"127.0.0.1\" port=\"{_server.Port}\" db=\"{database}\"",
                StringComparison.Ordinal);
        string file = folder.Write("r.conf", Encoding.UTF8.GetBytes($"global(workDirectory=\"{folder.Path}\")\n{text}"));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", file, "-i", folder.File("pid"));
        daemon.WaitUntil(() => daemon.HasSaid("ompgsql") || Network.IsTaken(port), "to listen");
        if (daemon.HasSaid("could not load module") && !NeedsToolAttribute.IsCi)
        {
            Assert.Inconclusive("rsyslogd is here without its PostgreSQL module (package rsyslog-pgsql)");
        }

        string tricky = Sample.Incident.Replace("a=b", "it's", StringComparison.Ordinal).Replace("\"5\"", "\"9\"",
            StringComparison.Ordinal).Replace("2026-04-08T04:05:48.637Z", "-", StringComparison.Ordinal);
        // Others that call themselves tap, and lines that broke on their way, in one batch with a box's own.
        string[] odd =
        [
            "<85>1 2026-04-08T04:06:00Z fw1 tap 7 - - interface tap0 is up",
            "<85>1 2026-04-08T04:06:00Z fw1 tap x7 - [other@1 a=\"b\"] it's up",
            Sample.Incident[..200],
            Sample.Incident.Replace(" tap 12 ", " tap x12 ", StringComparison.Ordinal).Replace("frames=\"27\"", "frames=\"many\"",
                StringComparison.Ordinal).Replace("id=\"17\"", "id=\"18\"", StringComparison.Ordinal).Replace("sequenceId=\"5\"",
                "sequenceId=\"five\"", StringComparison.Ordinal),
        ];
        Network.Send(port, [.. odd, .. Sample.OneOfEach, tricky, .. odd]);
        daemon.WaitUntil(() => _server.Query(database, "select count(*) from tap.line where incident is distinct from 18") == "6",
            "to insert six lines");
        daemon.WaitUntil(() => _server.Query(database, "select count(*) from tap.line where incident = 18") == "2",
            "to insert the line with an odd number");
        Assert.AreEqual("t|t|t|27", _server.Query(database, "select boot is null, frames is null, sequence is null, dsts from tap.incident "
            + "where id = 18"));
        Assert.AreEqual("0", _server.Query(database, "select count(*) from tap.campaign"));
        _server.Query(database, "delete from tap.line where incident = 18");
        Assert.AreEqual("tap-1f2e3d|12|17|sweep|4|closed|209.235.11.254|27|110|1.5|ward-3|2026-04-08 04:04:48.637+00|2",
            _server.Query(database, "set timezone = 'UTC'; select host, boot, id, kind, gravest, state, src, dsts, dport, "
                + "period, site, first_seen, lines from tap.incident"));
        Assert.AreEqual("tap-1f2e3d|5000000000|3|7|f", _server.Query(database, "select host, frames, lost, \"table\", "
            + "transmitted > 0 from tap.heartbeat"));
        Assert.AreEqual("tap-1f2e3d|mirror|silent", _server.Query(database, "select host, part, state from tap.blind"));
        CheckFaults(port, daemon, database);
        Assert.AreEqual("t|t|f|f|f|f|f", _server.Query(database, "select tap.names_a_machine('00:1b:21:10:00:01'), "
            + "tap.names_a_machine('198.51.100.7'), tap.names_a_machine('00:00:5e:00:01:0a'), tap.names_a_machine('00:00:0c:07:ac:01'), "
            + "tap.names_a_machine('02:42:ac:11:00:02'), tap.names_a_machine('10.1.2.3'), tap.names_a_machine('various')"));
        Assert.AreEqual("", _server.Query(database, "select string_agg(a, ' ') from unnest(array['0.0.0.0', '0.1.2.3', '100.64.0.1', "
            + "'100.127.255.254', '192.0.0.8', '127.0.0.1', '169.254.1.1', '224.0.0.251', '255.255.255.255', '::', '::1', 'fe80::1', 'ff02::1']) a "
            + "where tap.names_a_machine(a)"));
        Assert.AreEqual("100.63.0.1 100.128.0.1 192.0.1.1 128.0.0.1 1.0.0.1 2001:db8::1", _server.Query(database, "select string_agg(a, ' ') from "
            + "unnest(array['100.63.0.1', '100.128.0.1', '192.0.1.1', '128.0.0.1', '1.0.0.1', '2001:db8::1']) a where tap.names_a_machine(a)"));
        Assert.AreEqual("f|f|3", _server.Query(database, "select is_table_old, has_transmitted, lost from tap.box"));
        Assert.AreEqual("POP3 sweep: 27 hosts | it's",
            _server.Query(database, "select message from tap.line where sequence = 9"));
    }

    [TestMethod]
    public void AMillionLinesAnswerTheQuestionsOfManyBoxes()
    {
        string database = Database("million");

        // Thirty boxes: 25,000 heartbeats and 8,300 lines of incidents each, one actor that comes to all of them, one that
        // changes its address.
        _server!.Query(database, """
            insert into tap.line (sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-01' + i * interval '1 minute', 'tap-' || h, 1, 'heartbeat', 86,
                jsonb_build_object('heartbeat@32473',
                jsonb_build_object('frames', i * 1000, 'lost', 0, 'missed', 0, 'table', 7, 'tableAge',
                    case when h = 8 then 120 else 1 end * 86400, 'transmitted', 0),
                'meta', jsonb_build_object('sequenceId', i + 1)), 'watching'
            from generate_series(1, 30) h, generate_series(0, 24999) i;
            insert into tap.line (sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-01' + (i * 5 + s) * interval '1 minute', 'tap-' || h, 1, 'sweep', 85,
                jsonb_build_object('incident@32473', jsonb_build_object(
                'id', i, 'state', case s when 0 then 'open' else 'closed' end, 'severity', 2, 'proto', 'tcp', 'src',
                    (h + 20) || '.' || (i % 250) || '.' || (i / 250) || '.9',
                'srcs', 1, 'dst', '10.' || h || '.7.0/24', 'dsts', 8 + s, 'dport', 445, 'frames', 8, 'dur', s * 60),
                'meta', jsonb_build_object('sequenceId', 30000 + i * 2 + s)), 'sweep'
            from generate_series(1, 30) h, generate_series(1, 4165) i, generate_series(0, 1) s;
            insert into tap.line (sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-01' + h * interval '1 day', 'tap-' || h, 1, 'restricted-service', 84,
                jsonb_build_object('incident@32473', jsonb_build_object(
                'id', 9001, 'state', 'closed', 'severity', 3, 'proto', 'tcp', 'src', '198.51.100.23', 'srcs', 1, 'dst',
                    '10.' || h || '.7.0/26', 'dsts', 2, 'dport', 23, 'frames', 2)), 'telnet'
            from generate_series(1, 30) h;
            insert into tap.line (sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-12' + h * interval '1 hour', 'tap-' || h, 1, 'sweep', 85,
                jsonb_build_object('incident@32473', jsonb_build_object(
                'id', 9002, 'state', 'closed', 'severity', 2, 'proto', 'tcp', 'src', '203.0.113.' || h * 9, 'srcs', 1, 'dst',
                    '10.' || h || '.7.0/24', 'dsts', 15, 'dport', 3389, 'frames', 15)), 'sweep'
            from generate_series(20, 25) h;
            insert into tap.line (sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-05' + h * interval '1 hour', 'tap-' || h, 1, 'dark-host', 85,
                jsonb_build_object('incident@32473', jsonb_build_object(
                'id', 9003, 'state', 'closed', 'severity', 2, 'proto', 'udp', 'src', '192.168.1.10', 'srcs', 1, 'dst',
                    '192.168.1.0/24', 'dsts', 3, 'dport', 161, 'frames', 9)), 'dark'
            from generate_series(1, 30) h;
            insert into tap.line (received, sent, host, boot, msgid, pri, data, message)
            select timestamptz '2026-03-01' + i * interval '1 minute', null, 'tap-' || h, 1, 'health', 84,
                jsonb_build_object('health@32473', jsonb_build_object('part', 'mirror', 'state',
                    case when i % 2 = 0 or (h = 5 and i > 2990) then 'foreign' else 'home' end)), 'mirror'
            from generate_series(1, 30) h, generate_series(1, 2999) i;
            analyze tap.line;
            """);
        Assert.AreEqual("t", _server.Query(database, "select count(*) >= 999900 from tap.line"));
        Assert.AreEqual("198.51.100.23|30|30|60|3", Ask(database, "select actor, boxes, incidents, hosts, gravest from "
            + "tap.campaign"));
        Assert.AreEqual("203.0.113.0/24|3389|6|6|90", Ask(database, "select network, dport, sources, boxes, hosts from "
            + "tap.network_campaign"));
        Assert.AreEqual("125016", Ask(database, "select count(*) from tap.incident"));
        Assert.AreEqual("2|9|2026-03-01 00:05:00+00", Ask(database, "set timezone = 'UTC'; select lines, dsts, first_seen from "
            + "tap.incident where host = 'tap-3' and id = 1"));
        Assert.AreEqual("tap-5|foreign|2026-03-03 01:50:00+00", Ask(database, "set timezone = 'UTC'; select host, state, since from tap.blind"));
        Assert.AreEqual("30|tap-8", Ask(database, "select count(*), string_agg(host, ',') filter (where is_table_old) from "
            + "tap.box"));
    }

    /// <summary>Datagrams overtake each other, and two boxes that have one name by mistake start anew together.</summary>
    [TestMethod]
    public void AnIncidentIsItsLineOfTheHighestNumberAndTwoAttackersAreTwo()
    {
        string database = Database("overtaken");
        foreach ((int sequence, int id, string kind, string state, string src, int srcs, int dsts) in new[]
        {
            // One that grows, its last two lines overtaken; known by its MAC address first, and by a prefix at last.
            (3, 7, "dark-host", "open", "00:1b:21:10:00:01", 1, 3), (9, 7, "sweep", "closed", "198.51.100.0/24", 2, 40),
            (5, 7, "sweep", "update", "198.51.100.7", 1, 20),
            // Two boxes of one name: two attackers of one sort, and a third that does something else.
            (4, 8, "sweep", "open", "198.51.100.7", 1, 9), (4, 8, "sweep", "open", "203.0.113.9", 1, 8), (6, 8, "sweep", "closed", "203.0.113.9", 1, 18),
            (5, 8, "sweep", "closed", "198.51.100.7", 1, 19), (4, 8, "restricted-service", "open", "198.51.100.7", 1, 2),
        })
        {
            _server!.Query(database, $$$"""
                insert into tap.line (sent, host, boot, msgid, pri, data) values (timestamptz '2026-03-01 00:00:00Z' + {{{sequence}}} * interval '1 minute',
                'tap-1', 1, '{{{kind}}}', 85, '{"incident@32473": {"id": {{{id}}}, "state": "{{{state}}}", "severity": 2, "src": "{{{src}}}", "srcs": {{{srcs}}},
                "dsts": {{{dsts}}}, "frames": {{{dsts}}}}, "meta": {"sequenceId": {{{sequence}}}}}')
                """);
        }

        Assert.AreEqual("7 sweep closed 198.51.100.0/24 40 3; 8 restricted-service open 198.51.100.7 2 1; 8 sweep closed 198.51.100.7 19 2; "
            + "8 sweep closed 203.0.113.9 18 2", _server!.Query(database,
            "select string_agg(concat_ws(' ', id, kind, state, src, dsts, lines), '; ' order by id, kind, src) from tap.incident"));
        Assert.AreEqual("4", _server.Query(database, "select sum(1) from tap.incident where host = 'tap-1'"));
    }

    /// <summary>An incident that went into another one is told there, and by itself where nothing of that one came.</summary>
    [TestMethod]
    public void AFoldedIncidentIsShownWhereTheOtherNeverCame()
    {
        string database = Database("folded");
        foreach ((string host, int id, string state, int severity, string into) in new[]
        {
            ("tap-1", 1, "folded", 4, ", \"into\": 2"), ("tap-1", 3, "folded", 3, ", \"into\": 4"), ("tap-1", 4, "closed", 3, ""),
            ("tap-2", 1, "folded", 5, ", \"into\": 4"), ("tap-2", 7, "folded", 4, ", \"into\": 8"), ("tap-2", 8, "folded", 4, ", \"into\": 7"),
        })
        {
            _server!.Query(database, $$$"""
                insert into tap.line (sent, host, boot, msgid, pri, data) values (now() - interval '1 minute', '{{{host}}}', 1, 'sweep', 84,
                '{"incident@32473": {"id": {{{id}}}, "state": "{{{state}}}", "severity": {{{severity}}}, "proto": "tcp", "src": "198.51.100.7", "srcs": 1,
                "dsts": 9, "dport": 22, "frames": 9{{{into}}}}}')
                """);
        }

        Assert.AreEqual("tap-1/1/4 tap-1/4/3 tap-2/1/5 tap-2/7/4 tap-2/8/4", _server!.Query(database,
            "select string_agg(host || '/' || id || '/' || gravest, ' ' order by host, id) from tap.today"));
        Assert.AreEqual("198.51.100.7|2|5|5", _server.Query(database, "select actor, boxes, incidents, gravest from tap.campaign"));
    }

    /// <summary>A table that is old, or a slot that is damaged, lasts until a table is accepted.</summary>
    [TestMethod]
    public void AFaultOfTheTableLastsUntilATableIsAccepted()
    {
        string database = Database("tables");
        void Say(string host, string kind, string element) => _server!.Query(database, "insert into tap.line (host, boot, msgid, pri, data) values "
            + $"('{host}', 1, '{kind}', 84, '{{\"{kind}@32473\": {{{element}}}}}')");
        foreach (string host in new[] { "tap-1", "tap-2" })
        {
            Say(host, "health", "\"part\": \"self-test\", \"state\": \"passed\"");
            Say(host, "table", "\"verdict\": \"in-use\", \"damagedSlots\": \"1\"");
            Say(host, "health", "\"part\": \"table\", \"state\": \"old\", \"days\": \"3\"");
            Say(host, "table", "\"verdict\": \"refused\", \"reason\": \"not-signed\"");
        }

        Say("tap-2", "table", "\"verdict\": \"accepted\", \"reason\": \"new\"");
        Assert.AreEqual("tap-1 table damaged, tap-1 table old", _server!.Query(database,
            "select string_agg(concat_ws(' ', host, part, state), ', ' order by state) from tap.fault"));
    }

    /// <summary>Two faults of the mirror at once: each lasts until its own end, and none outlives a start.</summary>
    private static void CheckFaults(int port, Daemon daemon, string database)
    {
        const string blind = "select coalesce(string_agg(state, ',' order by state), '') from tap.blind";
        foreach ((string part, string state, string expected) in new[]
        {
            ("mirror", "foreign", "foreign,silent"), ("mirror", "doubled", "doubled,foreign,silent"), ("mirror", "home", "doubled,silent"),
            ("mirror", "frames", "doubled"), ("self-test", "passed", ""),
        })
        {
            Network.Send(port, [Sample.Health.Replace("part=\"mirror\" state=\"silent\"", $"part=\"{part}\" state=\"{state}\"",
                StringComparison.Ordinal)]);
            daemon.WaitUntil(() => _server!.Query(database, blind) == expected, $"to make {state} leave '{expected}'");
        }
    }

    private static string Database(string name)
    {
        _server!.Query("postgres", $"create database {name}");
        _server.RunFile(name, Repository.PathOf("tools", "Collector", "postgresql", "schema.sql"));
        return name;
    }

    private string Ask(string database, string sql)
    {
        long started = Stopwatch.GetTimestamp();
        string answer = _server!.Query(database, sql);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        TestContext.WriteLine($"{took.TotalSeconds:0.0} s: {sql}");
        Assert.IsLessThan(Patience, took, sql);
        return answer;
    }
}
