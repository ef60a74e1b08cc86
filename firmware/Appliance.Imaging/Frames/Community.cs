namespace Appliance.Imaging.Frames;

/// <summary>
/// The community of an SNMP message of version 1 or 2c (RFC 1157, 4; BER): a password that everybody can read, and that agents
/// come with.
/// </summary>
public sealed class Community
{
    private const int Sequence = 0x30;
    private const int Integer = 2;
    private const int OctetString = 4;
    private const int MostVersion = 1;
    private const int Response = 0xa2;

    // What agents come with.
    private readonly byte[] _public = { (byte)'p', (byte)'u', (byte)'b', (byte)'l', (byte)'i', (byte)'c' };
    private readonly byte[] _private = { (byte)'p', (byte)'r', (byte)'i', (byte)'v', (byte)'a', (byte)'t', (byte)'e' };

    /// <summary>Whether an agent answers to a community that agents come with.</summary>
    /// <param name="bytes">Where the datagram is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="end">Where what was captured ends.</param>
    public bool IsDefaultAnswered(byte[] bytes, int at, int end)
    {
        if (at + 2 > end || bytes[at] != Sequence)
        {
            return false;
        }

        // The length in one octet, or in as many as the first one's lower bits say.
        int version = at + 2 + (bytes[at + 1] < 0x80 ? 0 : bytes[at + 1] & 0x7f);
        int community = version + 3;
        if (community + 2 > end || bytes[version] != Integer || bytes[version + 1] != 1 || bytes[version + 2] > MostVersion
            || bytes[community] != OctetString)
        {
            return false;
        }

        int length = bytes[community + 1];
        byte[] expected = length == _public.Length ? _public : _private;
        if (length != expected.Length || community + 2 + length >= end || bytes[community + 2 + length] != Response)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (bytes[community + 2 + i] != expected[i])
            {
                return false;
            }
        }

        return true;
    }
}
