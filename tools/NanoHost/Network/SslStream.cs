extern alias dotnet;

using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Authentication = System.Security.Authentication;

namespace System.Net.Security;

/// <summary>TLS over a socket, by .NET's own.</summary>
public class SslStream : NetworkStream
{
    private readonly dotnet::System.Net.Security.SslStream _stream;

    public SslStream(Socket socket)
        : base(socket, false)
    {
        _stream = new dotnet::System.Net.Security.SslStream(new NetworkStream(socket, false));
    }

    public SslVerification SslVerification
    {
        set => _ = value;
    }

    public void AuthenticateAsClient(string targetHost, X509Certificate cert, X509Certificate ca,
        SslProtocols enabledSslProtocols)
    {
        var options = new dotnet::System.Net.Security.SslClientAuthenticationOptions
        {
            TargetHost = targetHost,
            EnabledSslProtocols = Authentication.SslProtocols.Tls12,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(ca.GetRawCertData()));
        _stream.AuthenticateAsClient(options);
    }

    public override void Write(byte[] buffer, int offset, int size) => _stream.Write(buffer, offset, size);

    public override int Read(byte[] buffer, int offset, int size) => _stream.Read(buffer, offset, size);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
