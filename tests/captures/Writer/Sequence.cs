namespace Appliance.CaptureWriter;

/// <summary>
/// Numbers that look random and are the same each time: a linear congruential generator (Knuth's MMIX constants), spelled out
/// because the library's own may change with its version and the captures must not.
/// </summary>
/// <param name="seed">Where it starts.</param>
internal sealed class Sequence(uint seed)
{
    private ulong _state = seed;

    public uint Next()
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return (uint)(_state >> 32);
    }
}
