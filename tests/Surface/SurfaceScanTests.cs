using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.Surface.Tests;

/// <summary>The scan can fail: each construct that the device can't run is found by name, in its place.</summary>
[TestClass]
public sealed class SurfaceScanTests
{
    [TestMethod]
    [DataRow("class C<T> { }", Construct.GenericType, "C`1", "")]
    [DataRow("class C { T M<T>(T x) { return x; } }", Construct.GenericMethod, "C", "M")]
    [DataRow("class C { void M(System.Func<int> f) { f(); } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { System.Collections.Generic.List<int>? l; }", Construct.GenericUse, "C", "l")]
    [DataRow("class C { object M() { return System.Array.Empty<int>(); } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { bool M(int? x) { return x.HasValue; } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { object M() { return (1, 2); } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { int M(System.ReadOnlySpan<byte> s) { return s.Length; } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { int M() { return \"abc\"u8.Length; } }", Construct.GenericUse, "C", "M")]
    [DataRow("class C { string M(string s) { return s[1..]; } }", Construct.MissingMember, "C", "M")]
    [DataRow("class C { object M(System.Index i) { return i; } }", Construct.MissingType, "C", "M")]
    [DataRow("class C { decimal M(decimal x) { return x + 1; } }", Construct.MissingType, "C", "M")]
    [DataRow("class C { int[,] f = new int[2, 2]; }", Construct.MultiDimensionalArray, "C", "f")]
    [DataRow("class C { int M() { var a = new int[2, 2]; return a[0, 1]; } }", Construct.MultiDimensionalArray, "C", "M")]
    [DataRow("interface I { int M() { return 1; } }", Construct.DefaultInterfaceMethod, "I", "M")]
    [DataRow("class C { unsafe int M() { int* p = stackalloc int[4]; return p[1]; } }", Construct.Stackalloc, "C", "M")]
    [DataRow("unsafe struct S { fixed byte b[4]; }", Construct.FixedBuffer, "S", "b")]
    [DataRow("class C { unsafe int M(byte[] a) { fixed (byte* p = a) { return p[1]; } } }", Construct.PinnedLocal, "C", "M")]
    [DataRow("class C { unsafe int M(byte[] a) { fixed (byte* p = &a[0]) { return p[1]; } } }", Construct.PinnedLocal, "C", "M")]
    [DataRow("class C { unsafe int M(int* p) { return *p; } }", Construct.Pointer, "C", "M")]
    [DataRow("class C { unsafe int M(delegate*<int> p) { return p(); } }", Construct.UnsafeInstruction, "C", "M")]
    [DataRow("class C { unsafe int M<T>() where T : unmanaged { return sizeof(T); } }", Construct.UnsafeInstruction, "C", "M")]
    [DataRow("class C { int M(int a, int b) { checked { return a + b; } } }", Construct.Checked, "C", "M")]
    [DataRow("class C { int M(uint a, uint b) { return (int)checked(a * b); } }", Construct.Checked, "C", "M")]
    [DataRow("class C { byte M(int a) { return checked((byte)a); } }", Construct.Checked, "C", "M")]
    [DataRow("enum E { A } class C { string M(E e) { return e.ToString(); } }", Construct.EnumToString, "C", "M")]
    [DataRow("enum E { A } class C { string M(E e) { return \"e\" + e; } }", Construct.EnumToString, "C", "M")]
    [DataRow("class C { string M(System.Base64FormattingOptions e) { return e.ToString(); } }", Construct.EnumToString, "C", "M")]
    [DataRow("enum E { A } class C { object M(E e) { return e; } }", Construct.BoxedEnum, "C", "M")]
    [DataRow("enum E { A } class C { bool M(E e) { return e.HasFlag(E.A); } }", Construct.BoxedEnum, "C", "M")]
    [DataRow("record R(int A);", Construct.Record, "R", "")]
    [DataRow("record struct R(int A);", Construct.Record, "R", "")]
    [DataRow("class C { async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); } }", Construct.Async,
        "C/<M>d__0", "")]
    [DataRow("class C { System.Collections.IEnumerable M() { yield return 1; } }", Construct.Iterator, "C/<M>d__0", "")]
    [DataRow("class C { volatile int f; }", Construct.Volatile, "C", "f")]
    [DataRow("class C { volatile int f; int M() { return f; } }", Construct.Volatile, "C", "M")]
    [DataRow("using System.Runtime.InteropServices; [StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(0)] int a; }",
        Construct.FieldOffset, "S", "a")]
    [DataRow("ref struct S { ref int r; }", Construct.RefField, "S", "r")]
    [DataRow("class C { "
        + "[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)] "
        + "void M() { } }", Construct.AggressiveInlining, "C", "M")]
    [DataRow("class C { [System.Runtime.InteropServices.DllImport(\"c\")] static extern int getpid(); }",
        Construct.PlatformInvoke, "C", "getpid")]
    [DataRow("class C { int M(int a) { try { return 1 / a; } catch (System.DivideByZeroException) { return 0; } } }",
        Construct.CatchesDivideByZero, "C", "M")]
    [DataRow("class C { static readonly double[] T = { 1, 2, 3, 4 }; }", Construct.ConstantTable, "C", ".cctor")]
    [DataRow("class C { static readonly char[] T = { '1', '2', '3', '4' }; }", Construct.ConstantTable, "C", ".cctor")]
    [DataRow("class C { required public int F; }", Construct.MissingType, "C", "F")]
    [DataRow("class C { object M() { return System.Linq.Enumerable.Range(0, 1); } }", Construct.MissingType, "C", "M")]
    [DataRow("class C { void M(int[] a) { System.Array.Reverse((System.Array)a); } }", Construct.MissingMember, "C", "M")]
    [DataRow("class C { string M(string s) { return s.Replace(\"a\", \"b\"); } }", Construct.MissingMember, "C", "M")]
    [DataRow("class C { object M() { return System.Math.PI > System.Math.Sqrt(2); } }", Construct.MissingType, "C", "M")]
    public void A_construct_is_found_where_it_stands(string source, string construct, string type, string method)
    {
        IReadOnlyList<Finding> findings = Scan(source);

        Assert.IsTrue(
            findings.Any(f => f.Construct == construct && f.Type == type && f.Method == method && f.Why.Length != 0),
            $"{construct} in {type}::{method} is not among:{Environment.NewLine}{string.Join(Environment.NewLine, findings)}");
    }

    [TestMethod]
    [DataRow("interface I { int M(); } class C : I { public virtual int M() { return 1; } } class D : C { public override int "
        + "M() { return 2; } }")]
    [DataRow("delegate int F(int a); class C { int n; F M() { return a => a + n; } event F? E; int R() { return E == null ? 0 : E(1); } }")]
    [DataRow("class C { int M(string s) { switch (s) { case \"ab\": return 1; case \"abc\": return 2; case \"b\": return 3; "
        + "default: return 0; } } }")]
    [DataRow("class C { int M(object o) { return o switch { int i when i > 3 => i, null => 1, _ => 2 }; } }")]
    [DataRow("class C { int M(byte[] a) { ref byte r = ref a[1]; r = 2; return In(in a[2]); } int In(in byte b) { return b; } }")]
    [DataRow("class C { public int P { get; init; } C M() { return new() { P = 1 }; } int this[int i] { get { return i; } } }")]
    [DataRow("class C(int a) { public int M() { return a; } }")]
    [DataRow("class C { static readonly byte[] A = { 1, 2, 3, 4 }; static readonly int[] B = { 1, -2, 3 }; static readonly "
        + "string[] S = { \"a\", \"b\", \"c\" }; int[][] j = { new int[1], new int[2] }; }")]
    [DataRow("enum E : byte { A, B } class C { E e; int M(E x) { e = x; return (int)e + (x == E.B ? 1 : 0); } }")]
    [DataRow("class C { object l = new object(); int M() { lock (l) { return 1; } } }")]
    [DataRow("class C { long M(long a, ulong b) { return (a << 3) * 5 + (long)(b >> 7) / 3 % 11; } }")]
    [DataRow("class C { int M(int a) { try { return 10 / a; } catch (System.Exception e) when (a == 0) { return "
        + "e.Message.Length; } finally { a = 1; } } }")]
    [DataRow("class C { void M(byte[] a, byte[] b) { System.Array.Copy(a, 0, b, 1, 2); System.Array.Clear(a, 0, 2); string s = "
        + "\"a\" + a.Length.ToString(); } }")]
    [DataRow("ref struct S { int a; } readonly struct R { readonly int a; public R(int x) { a = x; } public int A() { return a; } }")]
    [DataRow("class C { string? s; object? M(string? x, object y) { s = x; return y is string t && t.Length > 2 ? t : s; } }")]
    public void What_the_device_runs_passes(string source)
    {
        IReadOnlyList<Finding> findings = Scan(source);

        Assert.IsEmpty(findings, string.Join(Environment.NewLine, findings));
    }

    [TestMethod]
    public void More_than_255_locals_are_found()
    {
        var source = new StringBuilder("class C { int M(int[] a) {");
        for (int i = 0; i < 256; i++)
        {
            source.Append($"int x{i} = a[{i}]; a[{i + 1}] = x{i} + 1; a[{i}] = x{i};");
        }

        source.Append("int s = 0;");
        for (int i = 0; i < 256; i++)
        {
            source.Append($"s += x{i};");
        }

        source.Append("return s; } }");

        Assert.IsTrue(Scan(source.ToString()).Any(f => f.Construct == Construct.TooManyLocals && f.Method == "M"));
    }

    [TestMethod]
    public void More_bytecode_than_an_assembly_holds_is_found()
    {
        var source = new StringBuilder("class C {");
        for (int m = 0; m < 40; m++)
        {
            source.Append($"int M{m}(int a, int b) {{");
            for (int i = 0; i < 300; i++)
            {
                source.Append($"a = a * b + {i + 1000};");
            }

            source.Append("return a; }");
        }

        source.Append('}');

        Assert.IsTrue(Scan(source.ToString()).Any(f => f.Construct == Construct.TooMuchCode));
    }

    [TestMethod]
    public void More_constant_data_than_an_assembly_holds_is_found()
    {
        var source = new StringBuilder("class C {");
        for (int t = 0; t < 2; t++)
        {
            source.Append($"static readonly ulong[] T{t} = {{");
            for (int i = 0; i < 4200; i++)
            {
                source.Append(i * (t + 1)).Append(',');
            }

            source.Append("};");
        }

        source.Append('}');

        Assert.IsTrue(Scan(source.ToString()).Any(f => f.Construct == Construct.TooMuchData));
    }

    [TestMethod]
    public void A_type_that_the_compiler_embeds_is_found()
    {
        // As a newer compiler does where the library lacks the attribute.
        IReadOnlyList<Finding> findings = Scan(
            """
            namespace Microsoft.CodeAnalysis { sealed class EmbeddedAttribute : System.Attribute { } }
            namespace System.Runtime.CompilerServices
            {
                [Microsoft.CodeAnalysis.Embedded] sealed class LaterAttribute : System.Attribute { }
            }
            """);

        Assert.IsTrue(findings.Any(f => f.Construct == Construct.EmbeddedAttribute
            && f.Type.EndsWith("LaterAttribute", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_finding_says_where_and_why()
    {
        Finding finding = Scan("class C { int M(int a, int b) { return checked(a + b); } }").Single();

        Assert.AreEqual("Snippet: C::M IL_0002: checked: 'add.ovf' never throws on the device", finding.ToString());
    }

    private static IReadOnlyList<Finding> Scan(string source)
    {
        using ModuleDefinition module = SnippetCompiler.Compile(source);
        return SurfaceScan.OfModule(module, NanoApi.Parse(SnippetApi, nameof(SnippetApi))).Findings;
    }

    /// <summary>The members of nanoFramework that the harmless snippets need, in the list's own notation.</summary>
    private static readonly string[] SnippetApi =
    [
        "mscorlib\tT\tinterface System.IAsyncResult",
        "mscorlib\tT\tclass System.Array",
        "mscorlib\tT\tdelegate System.AsyncCallback",
        "mscorlib\tT\tclass System.Delegate",
        "mscorlib\tT\tclass System.Enum : System.ValueType",
        "mscorlib\tT\tclass System.Exception",
        "mscorlib\tT\tclass System.MulticastDelegate : System.Delegate",
        "mscorlib\tT\tclass System.ObsoleteAttribute : System.Attribute",
        "mscorlib\tT\tclass System.Reflection.DefaultMemberAttribute : System.Attribute",
        "mscorlib\tT\tclass System.Runtime.CompilerServices.RuntimeHelpers",
        "mscorlib\tT\tstruct System.RuntimeFieldHandle",
        "mscorlib\tT\tclass System.Threading.Monitor",
        "mscorlib\tT\tclass System.ValueType",
        "mscorlib\tM\tSystem.Int32 System.String::get_Length()",
        "mscorlib\tM\tSystem.String System.Exception::get_Message()",
        "mscorlib\tM\tSystem.String System.Int32::ToString()",
        "mscorlib\tM\tSystem.String System.Object::ToString()",
        "mscorlib\tM\tSystem.Void System.Object::.ctor()",
        "mscorlib\tM\tstatic System.Boolean System.String::op_Equality(System.String,System.String)",
        "mscorlib\tM\tstatic System.Delegate System.Delegate::Combine(System.Delegate,System.Delegate)",
        "mscorlib\tM\tstatic System.Delegate System.Delegate::Remove(System.Delegate,System.Delegate)",
        "mscorlib\tM\tstatic System.String System.String::Concat(System.String,System.String)",
        "mscorlib\tM\tstatic System.Void System.Array::Clear(System.Array,System.Int32,System.Int32)",
        "mscorlib\tM\tstatic System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)",
        "mscorlib\tM\tstatic System.Void "
            + "System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray(System.Array,System.RuntimeFieldHandle)",
        "mscorlib\tM\tstatic System.Void System.Threading.Monitor::Enter(System.Object)",
        "mscorlib\tM\tstatic System.Void System.Threading.Monitor::Exit(System.Object)",
    ];
}
