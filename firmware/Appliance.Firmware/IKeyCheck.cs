namespace Appliance.Firmware;

/// <summary>The check of a signature, and the hash that keys are known by: native on the device, since the interpreter would
/// take minutes.</summary>
public interface IKeyCheck
{
    /// <summary>Checks an ECDSA P-256 signature over the SHA-256 of octets.</summary>
    /// <param name="octets">What was signed, from its first octet.</param>
    /// <param name="length">How many octets were signed.</param>
    /// <param name="publicKey">The key's point, X and Y, 64 octets in network byte order.</param>
    /// <param name="signature">Where the signature stands: r and s, 64 octets in network byte order (IEEE P1363).</param>
    /// <param name="at">Where it begins.</param>
    /// <returns>True when it is right.</returns>
    bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at);

    /// <summary>Whether octets are a key: a point of the curve P-256. With another no signature is ever right.</summary>
    /// <param name="octets">Holds X and Y, 64 octets in network byte order.</param>
    /// <param name="at">Where they begin.</param>
    /// <returns>True when they are.</returns>
    bool IsKey(byte[] octets, int at);

    /// <summary>The SHA-256 of octets (FIPS 180-4), of which ids of keys are made.</summary>
    /// <param name="octets">Where they are.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <param name="hash">Takes 32 octets.</param>
    void Hash(byte[] octets, int at, int length, byte[] hash);
}
