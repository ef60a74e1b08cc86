using System;
using System.Runtime.CompilerServices;

namespace nanoFramework.TestFramework;

/// <summary>A test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TestMethodAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute
{
    /// <summary>Marks it.</summary>
    /// <param name="path">The compiler's.</param>
    /// <param name="line">The compiler's.</param>
    public TestMethodAttribute([CallerFilePath] string path = "", [CallerLineNumber] int line = -1)
        : base(path, line)
    {
    }
}
