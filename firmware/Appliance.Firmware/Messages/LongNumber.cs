using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>Numbers of 64 bits in a message: counters that run for years.</summary>
public static class LongNumber
{
    private const long Billion = 1000000000;

    /// <summary>Writes a number of 64 bits in decimal, with its sign.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Any number.</param>
    public static void Put(LineBuffer line, long number)
    {
        if (number < 0)
        {
            line.PutOctet('-');
        }
        else if (number <= int.MaxValue)
        {
            line.PutNumber((int)number);
            return;
        }

        // Divided before the sign is taken off, since the least number has no opposite.
        long billions = number / Billion;
        int rest = (int)(number - (billions * Billion));
        billions = billions < 0 ? -billions : billions;
        rest = rest < 0 ? -rest : rest;
        if (billions == 0)
        {
            line.PutNumber(rest);
            return;
        }

        if (billions >= Billion)
        {
            line.PutNumber((int)(billions / Billion));
            line.PutDigits((int)(billions % Billion), 9);
        }
        else
        {
            line.PutNumber((int)billions);
        }

        line.PutDigits(rest, 9);
    }
}
