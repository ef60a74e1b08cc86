using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Appliance.Surface.Tests;

/// <summary>
/// Reads a compiled assembly and finds what the device can't run: members that its library lacks, and the constructs that
/// nanoframework/README.md calls not compiling, failing, or silently wrong.
/// </summary>
internal sealed class SurfaceScan
{
    private const int MostLocals = 255;

    // An offset into the bytecode has 16 bits, and the metadata processor refuses a larger assembly.
    private const int MostCode = 65_535;
    private const int MostConstantData = 64 * 1024;

    // What the workstation's compiler writes by itself; on the device's library it leaves them out or embeds its own.
    private static readonly HashSet<string> CompilerAttributes = new(StringComparer.Ordinal)
    {
        "System.Runtime.CompilerServices.CompilerFeatureRequiredAttribute",
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
        "System.Runtime.CompilerServices.IsByRefLikeAttribute",
        "System.Runtime.CompilerServices.IsReadOnlyAttribute",
        "System.Runtime.CompilerServices.NullableAttribute",
        "System.Runtime.CompilerServices.NullableContextAttribute",
    };

    // Marks on signatures that only the compiler reads: `in` parameters of virtual methods, and `init`.
    private static readonly HashSet<string> HarmlessModifiers = new(StringComparer.Ordinal)
    {
        "System.Runtime.InteropServices.InAttribute",
        "System.Runtime.CompilerServices.IsExternalInit",
    };

    // Where the compiler lowers one construct to another member of the device's library: `lock`.
    private static readonly Dictionary<string, string> Lowered = new(StringComparer.Ordinal)
    {
        ["static System.Void System.Threading.Monitor::Enter(System.Object,System.Boolean&)"] =
            "static System.Void System.Threading.Monitor::Enter(System.Object)",
    };

    // RuntimeHelpers.InitializeArray copies octets whatever the element type, so the signed kinds behave like the measured ones.
    private static readonly HashSet<MetadataType> TableElements =
    [
        MetadataType.Byte, MetadataType.SByte, MetadataType.UInt16, MetadataType.Int16, MetadataType.UInt32, MetadataType.Int32,
        MetadataType.UInt64, MetadataType.Int64,
    ];

    private static readonly Dictionary<Code, string> UnsafeInstructions = new()
    {
        [Code.Cpblk] = "copies through pointers",
        [Code.Initblk] = "fills through a pointer",
        [Code.Calli] = "calls through a function pointer",
        [Code.Jmp] = "jumps into another method",
        [Code.Arglist] = "reads a variable argument list",
        [Code.Mkrefany] = "makes a typed reference",
        [Code.Refanyval] = "reads a typed reference",
        [Code.Refanytype] = "reads a typed reference",
        [Code.Unaligned] = "reads or writes unaligned through a pointer",
        [Code.Tail] = "asks for a tail call",
        [Code.Sizeof] = "asks for the size of a type, which is another on the device",
    };

    private readonly NanoApi _api;
    private readonly List<Finding> _findings = [];
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string, string)> _told = [];
    private ModuleDefinition _module = null!;
    private string _type = "";
    private string _method = "";

    private SurfaceScan(NanoApi api)
    {
        _api = api;
    }

    /// <summary>What was found, in the order of the assembly.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Keys (<see cref="NanoApi.KeyOf"/>) of every type and member outside the assembly that it uses.</summary>
    public IReadOnlyCollection<string> Used => _used;

    /// <summary>Octets of bytecode that the assembly has on the device.</summary>
    public int CodeSize { get; private set; }

    /// <summary>Octets of constant array data in the assembly.</summary>
    public int ConstantData { get; private set; }

    /// <summary>Inspects an assembly.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="api">What may be used.</param>
    public static SurfaceScan OfFile(string path, NanoApi api)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(path)));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var parameters = new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
        };
        using ModuleDefinition module = ModuleDefinition.ReadModule(path, parameters);
        return OfModule(module, api);
    }

    /// <summary>Inspects a module that is open.</summary>
    /// <param name="module">The module; stays open.</param>
    /// <param name="api">What may be used.</param>
    public static SurfaceScan OfModule(ModuleDefinition module, NanoApi api)
    {
        var scan = new SurfaceScan(api) { _module = module };
        foreach (TypeDefinition type in module.GetTypes())
        {
            scan.VisitType(type);
        }

        scan.VisitLimits();
        return scan;
    }

    private void VisitLimits()
    {
        _type = "";
        _method = "";
        if (CodeSize > MostCode)
        {
            Find(Construct.TooMuchCode, "", $"{CodeSize} octets of bytecode, an assembly holds {MostCode}");
        }

        if (ConstantData > MostConstantData)
        {
            Find(Construct.TooMuchData, "", $"{ConstantData} octets of constant array data, an assembly holds {MostConstantData}");
        }
    }

    private void VisitType(TypeDefinition type)
    {
        _type = type.FullName;
        _method = "";
        bool holdsConstants = type.FullName.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal);
        if (type.HasGenericParameters)
        {
            Find(Construct.GenericType, "", "a generic class crashes the device");
        }

        VisitTypeShape(type, holdsConstants);
        if (type.BaseType != null)
        {
            Use(type.BaseType, "");
        }

        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            Use(implemented.InterfaceType, "");
        }

        VisitAttributes(type);
        foreach (FieldDefinition field in type.Fields)
        {
            _method = field.Name;
            VisitField(field, holdsConstants);
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            _method = property.Name;
            VisitAttributes(property);
        }

        foreach (EventDefinition @event in type.Events)
        {
            _method = @event.Name;
            VisitAttributes(@event);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            _method = method.Name;
            VisitMethod(method);
        }
    }

    private void VisitTypeShape(TypeDefinition type, bool holdsConstants)
    {
        if (type.IsExplicitLayout && !holdsConstants && !type.Name.StartsWith("__StaticArrayInitTypeSize", StringComparison.Ordinal))
        {
            Find(Construct.FieldOffset, "", "explicit layout does not compile for the device");
        }

        if (type.Methods.Any(m => m.Name is "<Clone>$" or "PrintMembers"))
        {
            Find(Construct.Record, "", "a record does not compile for the device");
        }

        if (type.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine"))
        {
            Find(Construct.Async, "", "an async method does not compile for the device");
        }
        else if (type.Name.Contains(">d__", StringComparison.Ordinal))
        {
            Find(Construct.Iterator, "", "'yield' does not compile for the device");
        }

        // The compiler marks what it embeds so, and an interop assembly's native method table shifts with each such type.
        if (type.CustomAttributes.Any(a => a.AttributeType.FullName == "Microsoft.CodeAnalysis.EmbeddedAttribute"))
        {
            Find(Construct.EmbeddedAttribute, "", "a type that the compiler embeds shifts the native method table of an interop assembly");
        }
    }

    private void VisitField(FieldDefinition field, bool holdsConstants)
    {
        ConstantData += field.InitialValue.Length;
        if (holdsConstants)
        {
            return;
        }

        if (field.CustomAttributes.Any(a => a.AttributeType.Name == "FixedBufferAttribute"))
        {
            Find(Construct.FixedBuffer, "", "a fixed buffer compiles and fails on the device");
        }

        if (field.HasLayoutInfo && field.Offset >= 0 && field.DeclaringType.IsExplicitLayout)
        {
            Find(Construct.FieldOffset, "", "FieldOffset does not compile for the device");
        }

        if (field.FieldType is ByReferenceType)
        {
            Find(Construct.RefField, "", "a ref field does not compile for the device");
        }

        Use(field.FieldType, "");
        VisitAttributes(field);
    }

    private void VisitMethod(MethodDefinition method)
    {
        if (method.HasGenericParameters)
        {
            Find(Construct.GenericMethod, "", "a generic method hangs the device");
        }

        if (method.DeclaringType.IsInterface && (!method.IsAbstract || method.IsStatic))
        {
            Find(Construct.DefaultInterfaceMethod, "", "an interface method with a body compiles and fails on the device");
        }

        if ((method.ImplAttributes & MethodImplAttributes.AggressiveInlining) != 0)
        {
            Find(Construct.AggressiveInlining, "", "AggressiveInlining does not compile for the device");
        }

        if (method.IsPInvokeImpl)
        {
            Find(Construct.PlatformInvoke, "", "the device calls native code through interop assemblies only");
        }

        VisitAttributes(method);
        VisitAttributes(method.MethodReturnType);
        Use(method.ReturnType, "");
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            VisitAttributes(parameter);
            Use(parameter.ParameterType, "");
        }

        if (method.HasBody)
        {
            VisitBody(method);
        }
    }

    private void VisitBody(MethodDefinition method)
    {
        MethodBody body = method.Body;
        CodeSize += Bytecode.SizeOf(body);
        if (body.Variables.Count > MostLocals)
        {
            Find(Construct.TooManyLocals, "", $"{body.Variables.Count} locals, the device addresses {MostLocals}");
        }

        foreach (VariableDefinition local in body.Variables)
        {
            if (local.IsPinned)
            {
                Find(Construct.PinnedLocal, $"local {local.Index}", "a pinned pointer reads rubbish or fails on the device");
            }

            Use(local.VariableType, $"local {local.Index}");
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            if (handler.CatchType == null)
            {
                continue;
            }

            string place = PlaceOf(method, handler.HandlerStart);
            Use(handler.CatchType, place);
            if (handler.CatchType.FullName == "System.DivideByZeroException")
            {
                Find(Construct.CatchesDivideByZero, place, "the device throws plain Exception on a division by zero: test the divisor");
            }
        }

        foreach (Instruction instruction in body.Instructions)
        {
            VisitInstruction(method, instruction);
        }
    }

    private void VisitInstruction(MethodDefinition method, Instruction instruction)
    {
        string place = PlaceOf(method, instruction);
        Code code = instruction.OpCode.Code;
        string name = instruction.OpCode.Name;
        if (name.Contains(".ovf", StringComparison.Ordinal))
        {
            Find(Construct.Checked, place, $"'{name}' never throws on the device");
        }
        else if (code == Code.Localloc)
        {
            Find(Construct.Stackalloc, place, "stackalloc compiles and fails on the device");
        }
        else if (code == Code.Volatile)
        {
            Find(Construct.Volatile, place, "'volatile' does not compile for the device");
        }
        else if (UnsafeInstructions.TryGetValue(code, out string? why))
        {
            Find(Construct.UnsafeInstruction, place, $"'{name}' {why}");
        }
        else if (code == Code.Box && IsEnum((TypeReference)instruction.Operand))
        {
            Find(Construct.BoxedEnum, place, $"a boxed {instruction.Operand} prints as its number on the device");
        }
        else if (code is Code.Call or Code.Callvirt && instruction.Operand is MethodReference called)
        {
            VisitCall(instruction, called, place);
        }

        switch (instruction.Operand)
        {
            case TypeReference type:
                Use(type, place);
                break;
            case MethodReference reference:
                UseMethod(method, reference, place);
                break;
            case FieldReference field:
                UseField(field, place);
                break;
        }
    }

    private void VisitCall(Instruction instruction, MethodReference called, string place)
    {
        if (called.Name == "ToString" && called.DeclaringType.FullName is "System.Object" or "System.Enum" or "System.ValueType")
        {
            TypeReference? constrained = instruction.Previous?.OpCode.Code == Code.Constrained
                ? (TypeReference)instruction.Previous.Operand
                : null;
            if (called.DeclaringType.FullName == "System.Enum" || (constrained != null && IsEnum(constrained)))
            {
                Find(Construct.EnumToString, place, "gives the number on the device, not the name");
            }
        }

        if (called.FullName == "System.Void "
            + "System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray(System.Array,System.RuntimeFieldHandle)")
        {
            Instruction? at = instruction;
            while (at != null && at.OpCode.Code != Code.Newarr)
            {
                at = at.Previous;
            }

            if (at?.Operand is TypeReference element && !TableElements.Contains(element.MetadataType))
            {
                Find(Construct.ConstantTable, place, $"a constant table of {element.FullName}: the device is known to load integers only");
            }
        }
    }

    private void VisitAttributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            string name = attribute.AttributeType.FullName;
            if (!CompilerAttributes.Contains(name))
            {
                Use(attribute.AttributeType, "attribute");
            }
        }
    }

    private void UseMethod(MethodDefinition user, MethodReference reference, string place)
    {
        if (reference is GenericInstanceMethod exchange && (user.IsAddOn || user.IsRemoveOn)
            && exchange.DeclaringType.FullName == "System.Threading.Interlocked" && exchange.Name == "CompareExchange")
        {
            // An event's own accessors: on the device's library the compiler writes them without.
            return;
        }

        if (reference is GenericInstanceMethod)
        {
            Find(Construct.GenericUse, place, $"calls the generic method {reference.FullName}");
        }

        Use(reference.DeclaringType, place);
        Use(reference.ReturnType, place);
        foreach (ParameterDefinition parameter in reference.Parameters)
        {
            Use(parameter.ParameterType, place);
        }

        // An array's own methods belong to its type, which has been looked at; a generic's are told as that.
        if (reference.DeclaringType is ArrayType or GenericInstanceType || reference is GenericInstanceMethod
            || IsOurs(reference.DeclaringType))
        {
            return;
        }

        string signature = (reference.HasThis ? "" : "static ") + WithoutModifiers(reference.FullName);
        signature = Lowered.GetValueOrDefault(signature, signature);
        _used.Add("M" + signature);
        if (_api.AssemblyOfMethod(signature) == null)
        {
            Find(Construct.MissingMember, place, signature);
        }
    }

    // In the assembly itself, or in another device project, which is inspected by itself.
    private bool IsOurs(TypeReference type) =>
        type.Scope == _module || type.Scope is AssemblyNameReference { Name: "Appliance.Sensor" or "Appliance.Imaging" }
        || type.Namespace == "Appliance.MirrorPort";

    private void UseField(FieldReference field, string place)
    {
        Use(field.DeclaringType, place);
        Use(field.FieldType, place);
        if (IsOurs(field.DeclaringType) || field.DeclaringType is GenericInstanceType)
        {
            return;
        }

        // A reference does not say whether the field is static, so both rows will do.
        string signature = WithoutModifiers(field.FullName);
        string key = _api.AssemblyOfField("static " + signature) != null ? "static " + signature : signature;
        _used.Add("F" + key);
        if (_api.AssemblyOfField(key) == null)
        {
            Find(Construct.MissingMember, place, signature);
        }
    }

    private void Use(TypeReference type, string place)
    {
        switch (type)
        {
            case GenericInstanceType generic:
                Find(Construct.GenericUse, place, $"uses the generic type {generic.FullName}");
                return;
            case GenericParameter:
                return;
            case ArrayType array:
                if (array.Rank > 1)
                {
                    Find(Construct.MultiDimensionalArray, place,
                        $"{array.FullName}: an array of {array.Rank} dimensions crashes the device");
                }

                Use(array.ElementType, place);
                return;
            case PointerType or FunctionPointerType:
                Find(Construct.Pointer, place, $"{type.FullName}: pointers read rubbish on the device");
                return;
            case IModifierType modified:
                if (modified.ModifierType.Name == "IsVolatile")
                {
                    Find(Construct.Volatile, place, "'volatile' does not compile for the device");
                }
                else if (!HarmlessModifiers.Contains(modified.ModifierType.FullName))
                {
                    Use(modified.ModifierType, place);
                }

                Use(modified.ElementType, place);
                return;
            case TypeSpecification specification:
                Use(specification.ElementType, place);
                return;
        }

        // int, string, object and the like are no references in a signature: every runtime has them.
        if (IsOurs(type) || type is TypeDefinition || type.MetadataType is not (MetadataType.Class or MetadataType.ValueType))
        {
            return;
        }

        _used.Add("T" + type.FullName);
        if (_api.AssemblyOfType(type.FullName) == null)
        {
            Find(Construct.MissingType, place, type.FullName);
        }
    }

    private bool IsEnum(TypeReference type)
    {
        return _api.IsEnum(type.FullName) || (!type.IsGenericParameter && type.Resolve() is { IsEnum: true });
    }

    // "System.Void modreq(System.Runtime.CompilerServices.IsExternalInit)" is written plainly in the list.
    private static string WithoutModifiers(string fullName)
    {
        int at;
        while ((at = fullName.IndexOf(" modreq(", StringComparison.Ordinal)) >= 0)
        {
            fullName = fullName.Remove(at, fullName.IndexOf(')', at) + 1 - at);
        }

        return fullName;
    }

    private static string PlaceOf(MethodDefinition method, Instruction instruction)
    {
        string place = "IL_" + instruction.Offset.ToString("x4", CultureInfo.InvariantCulture);
        Instruction? at = instruction;
        while (at != null)
        {
            SequencePoint? point = method.DebugInformation.GetSequencePoint(at);
            if (point is { IsHidden: false })
            {
                return $"{place} ({Path.GetFileName(point.Document.Url)}:{point.StartLine})";
            }

            at = at.Previous;
        }

        return place;
    }

    private void Find(string construct, string place, string why)
    {
        // One row a member and thing: a hundred uses of one absent type in a method are one thing to mend.
        if (_told.Add((_type + "::" + _method, construct, why)))
        {
            _findings.Add(new Finding(construct, _module.Assembly.Name.Name, _type, _method, place, why));
        }
    }
}
