namespace System.Net.Security;

/// <summary>Versions of TLS.</summary>
public enum SslProtocols
{
    Tls12 = 3072,
}
