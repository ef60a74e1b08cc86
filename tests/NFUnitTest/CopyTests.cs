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
        Assert.AreEqual("1,2,2,3,4", Joined(up));
        var down = new ushort[] { 0, 1, 2, 3, 4 };
        Array.Copy(down, 1, down, 0, 4);
        Assert.AreEqual("1,2,3,4,4", Joined(down));
    }

    private static string Joined(ushort[] items)
    {
        string text = items[0].ToString();
        for (int i = 1; i < items.Length; i++)
        {
            text += "," + items[i].ToString();
        }

        return text;
    }
}
