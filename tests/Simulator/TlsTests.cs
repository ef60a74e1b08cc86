using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>Alerts over TLS (RFC 5425): only a collector that proves who it is gets any, and all that it gets is
/// framed.</summary>
[TestClass]
public sealed class TlsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>The example's site with a TLS collector whose authority is this one.</summary>
    internal static string Site(TemporaryFolder folder, CollectorCertificate trusted)
    {
        folder.Write("authority.pem", Encoding.ASCII.GetBytes(trusted.Authority.ExportCertificatePem()));
        string example = File.ReadAllText(Repository.PathOf("firmware", "tables", "example-site.toml"));
        const string Address = "address = \"udp://192.0.2.10:514\"";
        StringAssert.Contains(example, Address);
        return folder.Write("site.toml", Encoding.UTF8.GetBytes(example.Replace(Address,
            "address = \"tls://192.0.2.10:6514\"\nca = \"authority.pem\"", StringComparison.Ordinal)));
    }

    /// <summary>What was said on standard error but for the example site's notes: it has no members of some groups.</summary>
    internal static string WithoutNotes(string errors) =>
        string.Join('\n', errors.Split('\n').Where(line => !line.Contains(": note: ", StringComparison.Ordinal)));

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public void Tls_carries_messages_with_their_length(SslProtocols version)
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        using var collector = new TlsCollector(certificate, version);
        string[] sent = Replay(certificate, collector.Port, 0, out string errors);
        Assert.AreEqual(string.Empty, errors);
        Assert.IsGreaterThanOrEqualTo(4, sent.Length);
        string expected = string.Concat(sent.Select(line => $"{Encoding.UTF8.GetByteCount(line)} {line}"));
        SpinWait.SpinUntil(() => collector.Received().Length >= expected.Length, Patience);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(collector.Received()));
    }

    [TestMethod]
    public void A_collector_of_another_authority_gets_nothing()
    {
        using CollectorCertificate trusted = CollectorCertificate.For(IPAddress.Loopback);
        using CollectorCertificate other = CollectorCertificate.For(IPAddress.Loopback);
        CheckRefused(trusted, other, "NotSignatureValid");
    }

    [TestMethod]
    public void A_certificate_that_has_expired_is_not_taken()
    {
        using CollectorCertificate expired = CollectorCertificate.For(IPAddress.Loopback, isExpired: true);
        CheckRefused(expired, expired, "NotTimeValid");
    }

    [TestMethod]
    public void A_certificate_of_another_host_is_not_taken()
    {
        using CollectorCertificate other = CollectorCertificate.For(IPAddress.Parse("192.0.2.10"));
        CheckRefused(other, other, "RemoteCertificateNameMismatch");
    }

    [TestMethod]
    public void A_collector_that_resets_the_handshake_is_said()
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task resets = Task.Run(() =>
        {
            try
            {
                while (true)
                {
                    using Socket socket = listener.AcceptSocket();
                    socket.Receive(new byte[1]);
                    socket.LingerState = new LingerOption(true, 0);
                }
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                // The test is over: while it waited, or before it waited again.
            }
        });
        string[] lines = Replay(certificate, ((IPEndPoint)listener.LocalEndpoint).Port, 2, out string errors);
        listener.Stop();
        Assert.IsTrue(resets.Wait(Patience));
        StringAssert.Contains(errors, "the collector closed the connection");
        StringAssert.Contains(errors, $"{lines.Length} of {lines.Length} alerts were not delivered");
    }

    [TestMethod]
    public void A_collector_that_never_answers_the_handshake_does_not_hold_the_replay()
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        // The kernel accepts; nobody reads.
        listener.Start();
        string[] lines = Replay(certificate, ((IPEndPoint)listener.LocalEndpoint).Port, 2, out string errors);
        StringAssert.Contains(errors, "no answer");
        StringAssert.Contains(errors, $"{lines.Length} of {lines.Length} alerts were not delivered");
    }

    private void CheckRefused(CollectorCertificate trusted, CollectorCertificate shown, string why)
    {
        using var collector = new TlsCollector(shown);
        string[] lines = Replay(trusted, collector.Port, 2, out string errors);
        StringAssert.Contains(errors, why);
        StringAssert.Contains(errors, $"{lines.Length} of {lines.Length} alerts were not delivered");
        Assert.IsEmpty(collector.Received());
    }

    private string[] Replay(CollectorCertificate trusted, int port, int exitCode, out string errors)
    {
        string alerts = _folder.File("alerts");
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(5), TapsimRun.Detect(9), "--site", Site(_folder, trusted),
            "--collector", $"tls://127.0.0.1:{port}", "--alerts", alerts).Expect(exitCode);
        errors = WithoutNotes(run.Errors);
        return File.ReadAllLines(alerts);
    }
}
