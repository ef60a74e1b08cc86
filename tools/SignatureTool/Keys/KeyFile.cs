using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Security.Cryptography;
using Certificates = System.Security.Cryptography.X509Certificates;

namespace Appliance.SignatureTool.Keys;

/// <summary>Keys as PEM files: the private one as PKCS#8, the public one as SubjectPublicKeyInfo (RFC 7468).</summary>
public static class KeyFile
{
    private const string P256 = "1.2.840.10045.3.1.7";

    // Longer than any key in PEM; whoever names a capture by mistake need not wait.
    private const int MostOctets = 64 * 1024;

    /// <summary>Reads a public key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">What is wrong with the file, to stand behind its name.</param>
    public static bool TryReadPublic(string path, [NotNullWhen(true)] out PublicKey? key, out string problem)
    {
        using ECDsa? read = Read(path, false, out problem);
        key = read is null ? null : PublicKey.Of(read);
        return key is not null;
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key; the caller disposes of it.</param>
    /// <param name="problem">What is wrong with the file, to stand behind its name.</param>
    public static bool TryReadPrivate(string path, [NotNullWhen(true)] out ECDsa? key, out string problem)
    {
        key = Read(path, true, out problem);
        return key is not null;
    }

    /// <summary>Writes a key to two files that don't exist yet; the private one is for its owner's eyes alone.</summary>
    /// <param name="name">The files' name without <c>.pem</c> and <c>.pub.pem</c>.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="IOException">A file can't be written, or is there already.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be written.</exception>
    internal static void Write(string name, ECDsa key)
    {
        var secret = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            secret.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (File.Exists(name + ".pub.pem"))
        {
            throw new IOException($"The file '{name}.pub.pem' already exists.");
        }

        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        WriteNew(name + ".pem", secret, key.ExportPkcs8PrivateKeyPem());
        try
        {
            WriteNew(name + ".pub.pem", open, key.ExportSubjectPublicKeyInfoPem());
        }
        catch
        {
            // Half a pair is of no use, and would be in the way of the next attempt.
            File.Delete(name + ".pem");
            throw;
        }
    }

    private static void WriteNew(string path, FileStreamOptions options, string text)
    {
        var file = new StreamWriter(path, options);
        try
        {
            using (file)
            {
                file.WriteLine(text);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static ECDsa? Read(string path, bool secret, out string problem)
    {
        string text;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostOctets })
            {
                problem = $"is no key: it has more than {MostOctets} octets";
                return null;
            }

            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"the key can't be read: {Reason(path, e)}";
            return null;
        }

        problem = ProblemOf(path, text, secret) ?? "";
        if (problem.Length > 0)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            string curve = key.ExportParameters(false).Curve.Oid is { } oid ? oid.Value ?? oid.FriendlyName ?? "" : "";
            if (curve is P256 or "nistP256" or "ECDSA_P256")
            {
                return key;
            }

            problem = $"is a key of {key.KeySize} bits on another curve; tables are signed with P-256 (make one with sigtab keygen)";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problem = IsRsa(text) ? "is an RSA key; tables are signed with ECDSA P-256 (make one with sigtab keygen)"
                : $"is no usable key for ECDSA P-256: {e.Message}";
        }

        key.Dispose();
        return null;
    }

    /// <summary>What the system's answer means to the user.</summary>
    internal static string Reason(string path, Exception e)
    {
        return Directory.Exists(path) ? "it is a folder" : e is FileNotFoundException or DirectoryNotFoundException
            ? "there is no such file" : e.Message;
    }

    // Says by the PEM label alone what a file is, so that a mix-up is called by its name.
    private static string? ProblemOf(string path, string text, bool secret)
    {
        string locked = $"is a private key under a password, which sigtab doesn't ask for; take it off with: openssl pkey -in {path} "
            + $"-out NAME.pem";
        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            // OpenSSL's traditional encryption puts headers into the block, which is none any more by RFC 7468.
            return locked;
        }

        if (!PemEncoding.TryFind(text, out PemFields fields))
        {
            return "is no key: there is no PEM block ('-----BEGIN ...') in it";
        }

        string label = text[fields.Label];
        if (label == "EC PARAMETERS")
        {
            // openssl ecparam writes the curve's name first; the key is behind it.
            ReadOnlySpan<char> rest = text.AsSpan()[fields.Location.End..];
            label = PemEncoding.TryFind(rest, out PemFields next) ? rest[next.Label].ToString() : label;
        }

        switch (label)
        {
            case "ENCRYPTED PRIVATE KEY":
                return locked;
            case "PRIVATE KEY" or "EC PRIVATE KEY":
                return secret ? null : "is a private key; here the public one is needed (NAME.pub.pem), and the private one stays where "
                    + "it is";
            case "PUBLIC KEY":
                return secret ? "is a public key; signing needs the private one (NAME.pem)"
                    : !IsCompressed(text[fields.Base64Data]) ? null
                    : $"is a public key in compressed form; write it whole with: openssl ec -pubin -in {path} -pubout -conv_form "
                        + $"uncompressed -out NAME.pub.pem";
            case "RSA PRIVATE KEY" or "RSA PUBLIC KEY":
                return "is an RSA key; tables are signed with ECDSA P-256 (make one with sigtab keygen)";
            default:
                return $"is no key but a '{label}'";
        }
    }

    // X and the sign of Y instead of both coordinates.
    private static bool IsCompressed(string base64)
    {
        try
        {
            byte[] point = Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(Convert.FromBase64String(base64),
                out _).EncodedKeyValue.RawData;
            return point.Length > 0 && point[0] is 2 or 3;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static bool IsRsa(string text)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(text);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
