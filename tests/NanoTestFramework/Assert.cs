using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting.Assert;

namespace nanoFramework.TestFramework;

/// <summary>The assertions that the device tests use.</summary>
public static class Assert
{
    /// <summary>Two numbers are equal.</summary>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What it is.</param>
    /// <param name="message">Said when it is not.</param>
    public static void AreEqual(int expected, int actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>Something is true.</summary>
    /// <param name="condition">What should be true.</param>
    /// <param name="message">Said when it is not.</param>
    public static void IsTrue(bool condition, string message = "") => MSTest.IsTrue(condition, message);

    /// <summary>Something is false.</summary>
    /// <param name="condition">What should be false.</param>
    /// <param name="message">Said when it is not.</param>
    public static void IsFalse(bool condition, string message = "") => MSTest.IsFalse(condition, message);
}
