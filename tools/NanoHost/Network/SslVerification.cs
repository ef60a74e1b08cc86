namespace System.Net.Security;

/// <summary>What is asked of the other side's certificate.</summary>
public enum SslVerification
{
    CertificateRequired = 4,
}
