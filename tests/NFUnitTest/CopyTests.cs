using System;
using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>What the sensor relies on where it makes room in a sorted array.</summary>
[TestClass]
public class CopyTests
{
    [TestMethod]
    public void Overlapping_items_are_copied_up_and_down()
    {
        var up = new ushort[] { 1, 2, 3, 4, 0 };
        Array.Copy(up, 1, up, 2, 3);
        Assert.AreEqual(12234, Digits(up));
        var down = new ushort[] { 0, 1, 2, 3, 4 };
        Array.Copy(down, 1, down, 0, 4);
        Assert.AreEqual(12344, Digits(down));
    }

    private static int Digits(ushort[] items)
    {
        int digits = 0;
        for (int i = 0; i < items.Length; i++)
        {
            digits = (digits * 10) + items[i];
        }

        return digits;
    }
}
