using System;

namespace nanoFramework.TestFramework
{
    public class TestClassAttribute : Attribute
    {
    }

    public class TestMethodAttribute : Attribute
    {
    }

    public class Assert
    {
        public static void AreEqual(int expected, int actual, string message = "") => throw null;

        public static void IsTrue(bool condition, string message = "") => throw null;

        public static void IsFalse(bool condition, string message = "") => throw null;
    }
}
