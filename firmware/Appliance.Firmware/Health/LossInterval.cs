namespace Appliance.Firmware.Health;

/// <summary>
/// Between what shares a loss lies of which a sample tells: Wilson's interval at 95 %, in tenths of a percent. In whole numbers,
/// since the device has no square root.
/// </summary>
public static class LossInterval
{
    /// <summary>With a smaller sample nothing is said: its interval is wider than what it could tell.</summary>
    public const int Enough = 50;

    /// <summary>Larger samples are halved until they fit: the products below stay within 64 bits, and the interval is narrow
    /// enough.</summary>
    private const long Most = 1000000;

    // 1.96, its square and parts of that, times 100 or 10,000.
    private const long Scale = 10000;
    private const long Deviation = 196;
    private const long HalfSquare = 19208;
    private const long Square = 38416;
    private const long QuarterSquare = 9604;

    /// <summary>The lower end, rounded down.</summary>
    /// <param name="lost">Of the sample, how many were lost.</param>
    /// <param name="of">The sample; more than 0.</param>
    /// <returns>Tenths of a percent.</returns>
    public static long Low(long lost, long of)
    {
        long shift = ShiftOf(of);
        long part = lost >> (int)shift;
        long all = of >> (int)shift;
        long end = (part * Scale) + HalfSquare - HalfWidth(part, all);
        return end <= 0 || part == 0 ? 0 : end * 1000 / ((all * Scale) + Square);
    }

    /// <summary>The upper end, rounded up.</summary>
    /// <param name="lost">Of the sample, how many were lost.</param>
    /// <param name="of">The sample; more than 0.</param>
    /// <returns>Tenths of a percent.</returns>
    public static long High(long lost, long of)
    {
        long shift = ShiftOf(of);
        long part = lost >> (int)shift;
        long all = of >> (int)shift;
        long whole = (all * Scale) + Square;
        long end = (((part * Scale) + HalfSquare + HalfWidth(part, all)) * 1000) + whole - 1;
        return end / whole < 1000 ? end / whole : 1000;
    }

    private static long ShiftOf(long of)
    {
        long shift = 0;
        while ((of >> (int)shift) > Most)
        {
            shift++;
        }

        return shift;
    }

    // Half the interval's width, times its divisor and 10,000.
    private static long HalfWidth(long lost, long of)
    {
        long square = ((lost * (of - lost) * Scale / of) + QuarterSquare) * Scale;
        long root = square;
        long next = (root + 1) / 2;
        while (next < root)
        {
            root = next;
            next = (root + (square / root)) / 2;
        }

        return root * Deviation / 100;
    }
}
