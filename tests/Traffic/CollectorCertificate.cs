using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Appliance.Traffic;

/// <summary>A certificate authority and the collector's certificate that it signed, made for one test.</summary>
public sealed class CollectorCertificate : IDisposable
{
    private CollectorCertificate(X509Certificate2 authority, X509Certificate2 server)
    {
        Authority = authority;
        Server = server;
    }

    /// <summary>The authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The collector's certificate with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>Makes both.</summary>
    /// <param name="address">The collector's address, the only name in its certificate.</param>
    /// <param name="isExpired">It was valid until yesterday; the authority still is.</param>
    public static CollectorCertificate For(IPAddress address, bool isExpired = false)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=hospital authority", authorityKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        root.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(root.PublicKey, false));
        X509Certificate2 authority = root.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=collector", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using X509Certificate2 server = request.Create(authority, now.AddDays(-20), now.AddDays(isExpired ? -1 : 20), [1, 2, 3]);
        return new CollectorCertificate(authority, server.CopyWithPrivateKey(key));
    }

    /// <summary>The key of the collector's certificate as PEM, which daemons read.</summary>
    public string KeyPem()
    {
        using ECDsa key = Server.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }
}
