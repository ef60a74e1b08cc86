using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Appliance.SignatureTool.Sites;

/// <summary>The certificate authority of a TLS collector, from a PEM or DER file.</summary>
/// <param name="Octets">The certificate as DER; empty when the file has none that can be used.</param>
/// <param name="Problem">What is wrong with the file, or to be considered; null for nothing.</param>
internal sealed record AuthorityFile(IReadOnlyList<byte> Octets, string? Problem)
{
    // The whole table has to fit beside it.
    private const int MostOctets = 4096;

    /// <summary>Reads a file; nothing is thrown for what is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">The time at which the certificate should be valid.</param>
    public static AuthorityFile Read(string path, DateTimeOffset now)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new AuthorityFile([], "can't be read: " + Keys.KeyFile.Reason(path, e));
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(System.Text.Encoding.Latin1.GetString(file));
            if (certificates.Count == 0)
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(file));
            }
        }
        catch (CryptographicException)
        {
            return new AuthorityFile([], "is no X.509 certificate, neither PEM nor DER");
        }

        if (certificates.Count != 1)
        {
            return new AuthorityFile([], $"has {certificates.Count} certificates; the device takes one, that of the authority");
        }

        using X509Certificate2 certificate = certificates[0];
        if (certificate.RawData.Length > MostOctets)
        {
            return new AuthorityFile([], $"has {certificate.RawData.Length} octets; a table has room for {MostOctets}");
        }

        string? problem = certificate.NotAfter < now ? $"was valid only to {certificate.NotAfter:u}"
            : certificate.NotBefore > now ? $"is valid only from {certificate.NotBefore:u}" : null;
        return new AuthorityFile(certificate.RawData, problem);
    }
}
