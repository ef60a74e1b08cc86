using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>A site with the eyes behind the sensor: frames go through the mirror port's mask, lines come out.</summary>
internal sealed class Ward : IAlertSink
{
    public const string Pacs = "10.20.30.112";
    public const string Home = "[site]\nname = \"x-ray\"\nhome = [\"10.20.30.0/24\", \"2001:db8:20::/64\"]\n[groups]\nPACS = "
        + "[\"10.20.30.112\"]\n";

    private readonly FrameIntake _intake = new();
    private readonly SlotBatch _batch = new(16);
    private readonly SignatureTable _table;
    private long _stamp = 1_000_000;
    private int _port = 40000;

    /// <summary>Makes a site.</summary>
    /// <param name="profile">What its profile says behind <see cref="Home"/>.</param>
    public Ward(string profile = "")
    {
        _table = Load(profile);
        Sensor = new TapSensor(_table, this, 7);
        Eyes = new ImagingEyes(Sensor, _table, this);
        Eyes.SetWallClock(Start);
        Sensor.SetWallClock(Start);
        _intake.UseInterest(_table);
    }

    public static long Start { get; } = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    public ImagingEyes Eyes { get; }

    /// <summary>The sensor before them.</summary>
    public TapSensor Sensor { get; }

    /// <summary>Lines of the imaging network.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Frames that the mirror port kept.</summary>
    public int Kept { get; private set; }

    /// <summary>Lines of one MSGID.</summary>
    public List<string> Of(string kind) => [.. Lines.Where(line => line.Contains($" {kind} [", StringComparison.Ordinal))];

    public static SignatureTable Load(string profile, string home = Home)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "")], ("site.toml", home + profile),
            new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table;
    }

    public void Alert(byte[] line, int length, int severity)
    {
        Assert.IsLessThanOrEqualTo(480, length);
        Lines.Add(Encoding.ASCII.GetString(line, 0, length));
    }

    /// <summary>A frame comes.</summary>
    public void See(byte[] frame)
    {
        _stamp += 2000;
        Interest interest = _intake.Take(frame, 0, frame.Length, frame.Length, _stamp);
        if (interest is Interest.Skip or Interest.Copy)
        {
            return;
        }

        Kept++;
        _intake.Put(_batch);
        Sensor.Process(_batch);
        Eyes.Process(_batch);
        _batch.Count = 0;
    }

    /// <summary>A connection request and its answer.</summary>
    public void Connect(string client, string server, int port)
    {
        See(new Ip(client, server).Tcp(_port, port, "S"));
        See(new Ip(server, client).Tcp(port, _port++, "SA", 0, 1));
    }

    /// <summary>Time passes without frames.</summary>
    public void Wait(TimeSpan time)
    {
        for (long to = _stamp + (long)time.TotalMicroseconds; _stamp < to;)
        {
            _stamp = Math.Min(to, _stamp + 60_000_000);
            Sensor.Tick(_stamp);
            Eyes.Tick(_stamp);
        }
    }

    /// <summary>Ends it.</summary>
    public Ward Finish()
    {
        Sensor.Finish();
        Eyes.Finish();
        return this;
    }

    /// <summary>An association: asked for, and answered.</summary>
    public void Associate(string client, string server, string called, string calling, byte[] answer, int port = Dicom.Port,
        byte octet43 = 0)
    {
        int from = _port++;
        Open(client, from, server, port);
        byte[] request = Dicom.Request(called, calling, octet43);
        See(new Ip(client, server).Tcp(from, port, "PA", 1, 1, payload: request));
        See(new Ip(server, client).Tcp(port, from, "PA", 1, 1 + request.Length, payload: answer));
        See(new Ip(client, server).Tcp(from, port, "FA", 1 + request.Length, 1 + answer.Length));
        See(new Ip(server, client).Tcp(port, from, "FA", 1 + answer.Length, 2 + request.Length));
    }

    /// <summary>
    /// An association of programs that send the head of a PDU in a segment of its own (fo-dicom before version 5): the request,
    /// and the answer too where it is said.
    /// </summary>
    public void AssociateApart(string client, string server, string called, string calling, byte[] answer, bool isAnswerApart = true)
    {
        int from = _port++;
        Open(client, from, server, Dicom.Port);
        byte[] request = Dicom.Request(called, calling);
        See(new Ip(client, server).Tcp(from, Dicom.Port, "PA", 1, 1, payload: request[..6]));
        See(new Ip(client, server).Tcp(from, Dicom.Port, "PA", 7, 1, payload: request[6..]));
        byte[][] parts = isAnswerApart ? [answer[..6], answer[6..]] : [answer];
        int at = 1;
        foreach (byte[] part in parts)
        {
            See(new Ip(server, client).Tcp(Dicom.Port, from, "PA", at, 1 + request.Length, payload: part));
            at += part.Length;
        }

        See(new Ip(client, server).Tcp(from, Dicom.Port, "FA", 1 + request.Length, at));
        See(new Ip(server, client).Tcp(Dicom.Port, from, "FA", at, 2 + request.Length));
    }

    /// <summary>An association that is rejected.</summary>
    public void Reject(string client, string server, string called, string calling, byte octet43 = 0) =>
        Associate(client, server, called, calling, Dicom.Reject(), octet43: octet43);

    /// <summary>An association that is accepted.</summary>
    public void Accept(string client, string server, string called, string calling, byte octet43 = 0) =>
        Associate(client, server, called, calling, Dicom.Accept(called, calling), octet43: octet43);

    /// <summary>A message on a connection of its own.</summary>
    public void Send(string client, string server, byte[] message, int port = Hl7.Port)
    {
        int from = _port++;
        Open(client, from, server, port);
        See(new Ip(client, server).Tcp(from, port, "PA", 1, 1, payload: message));
        See(new Ip(client, server).Tcp(from, port, "FA", 1 + message.Length, 1));
        See(new Ip(server, client).Tcp(port, from, "FA", 1, 2 + message.Length));
    }

    /// <summary>A server's first words on a connection.</summary>
    public void Answer(string server, string client, byte[] answer, int clientPort, int serverPort)
    {
        Open(client, clientPort, server, serverPort);
        See(new Ip(server, client).Tcp(serverPort, clientPort, "PA", 1, 1, payload: answer));
        See(new Ip(client, server).Tcp(clientPort, serverPort, "RA", 1, 1 + answer.Length));
    }

    private void Open(string client, int from, string server, int port)
    {
        See(new Ip(client, server).Tcp(from, port, "S"));
        See(new Ip(server, client).Tcp(port, from, "SA", 0, 1));
        See(new Ip(client, server).Tcp(from, port, "A", 1, 1));
    }
}
