namespace Appliance.Surface.Tests;

/// <summary>Names of what nanoFramework does not compile, fails on, or runs wrongly without a word.</summary>
internal static class Construct
{
    public const string MissingType = "missing-type";
    public const string MissingMember = "missing-member";
    public const string GenericType = "generic-type";
    public const string GenericMethod = "generic-method";
    public const string GenericUse = "generic-use";
    public const string MultiDimensionalArray = "multidimensional-array";
    public const string DefaultInterfaceMethod = "default-interface-method";
    public const string Stackalloc = "stackalloc";
    public const string FixedBuffer = "fixed-buffer";
    public const string PinnedLocal = "pinned-local";
    public const string Pointer = "pointer";
    public const string UnsafeInstruction = "unsafe-instruction";
    public const string TooManyLocals = "too-many-locals";
    public const string Checked = "checked";
    public const string EnumToString = "enum-to-string";
    public const string BoxedEnum = "boxed-enum";
    public const string Record = "record";
    public const string Async = "async";
    public const string Iterator = "iterator";
    public const string Volatile = "volatile";
    public const string FieldOffset = "field-offset";
    public const string RefField = "ref-field";
    public const string AggressiveInlining = "aggressive-inlining";
    public const string EmbeddedAttribute = "embedded-attribute";
    public const string PlatformInvoke = "platform-invoke";
    public const string CatchesDivideByZero = "catches-divide-by-zero";
    public const string ConstantTable = "constant-table";
    public const string TooMuchCode = "too-much-code";
    public const string TooMuchData = "too-much-data";
}
