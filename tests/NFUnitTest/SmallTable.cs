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
        "544150530100000c0000022600000007000000006b05db5b0000000000000000c04b287d00400000000100010088000a000200020092001f00030002"
        + "00b100100004000200c100100005000100d100200006000200f1000a0007000200fb003000080002012b001100090000013c0000000a0000013c0000"
        + "000b0001013c00260010000601620084000102020000000000000c4e65744275732070726f6265114261636b4f7269666963652070726f6265000000"
        + "0100000001000100010000000000000000ffffffff0a0100000a01ffff00000000000000000000000000000000ffffffffffffffffffffffffffffff"
        + "ff0130393039017a697a69000f42a500010001010502ff00000000000000f1012b0092000f42a600010001020002ff00000000000000f60130009f01"
        + "0002c0000402000000000450494e470020000000000000002000000000000000200000000000000020000000000000000040303930390000ffff004a"
        + "ffff03cf0100000000000001000000000000ffff004affff03cf0200000000000001000000000000ffff000a000a007f030000000004000000000000"
        + "0000ffff000a000a00ff0700000000040000000000000000ffff0008ffff000f0b4d534800000000000000000000ffff000bffff0023160300000002"
        + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "00000000000000000000";

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
