namespace NFUnitTest;

/// <summary>
/// A table of two rules for a site whose home is 10.1.0.0/16, sequence 7, not signed; tests/SignatureTool compares it with
/// what the compiler makes of
/// the rules:
/// <code>
/// alert tcp any any -&gt; any 12345 ( msg:"NetBus probe"; flags:S,CE; flow:stateless; priority:2; metadata:suspect yes; sid:1000101; rev:1; )
/// alert udp any any -&gt; any 31337 ( msg:"BackOrifice probe"; content:"ping",nocase; priority:2; sid:1000102; rev:1; )
/// </code>
/// </summary>
public static class SmallTable
{
    /// <summary>Sid of the rule for TCP port 12345.</summary>
    public const int NetBus = 1000101;

    /// <summary>Sid of the rule for UDP port 31337 with "ping" in it.</summary>
    public const int BackOrifice = 1000102;

    private const string Hex =
        "544150530100000b0000019a00000007000000006b05db5b0000000000000000ca3912a300400000000100010080000a00020002008a001f00030002"
        + "00a900100004000200b900100005000100c900200006000200e9000a0007000200f3003000080002012300110009000001340000000a000001340000"
        + "000b000101340026000102020000000000000c4e65744275732070726f6265114261636b4f7269666963652070726f62650000000100000001000100"
        + "010000000000000000ffffffff0a0100000a01ffff00000000000000000000000000000000ffffffffffffffffffffffffffffffff0130393039017a"
        + "697a69000f42a500010001010502ff00000000000000e90123008a000f42a600010001020002ff00000000000000ee01280097010002c00004020000"
        + "00000450494e470020000000000000002000000000000000200000000000000020000000000000000040303930390000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The file's octets.</summary>
    public static byte[] Octets()
    {
        var octets = new byte[Hex.Length / 2];
        for (int i = 0; i < octets.Length; i++)
        {
            octets[i] = (byte)((Digit(Hex[2 * i]) << 4) | Digit(Hex[(2 * i) + 1]));
        }

        return octets;
    }

    private static int Digit(char digit)
    {
        return digit <= '9' ? digit - '0' : digit - 'a' + 10;
    }
}
