using System;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Appliance.Bench.Mutation;

/// <summary>
/// The type that is written into the assembly under test: which mutant is active, which methods were entered, and fuel that each
/// turn of a loop burns, so that a mutant that never ends is told from one that is slow without a clock.
/// </summary>
internal sealed class MutantSwitch
{
    /// <summary>Its full name in the assembly under test.</summary>
    public const string Name = "MutantSwitch";

    /// <summary>The field that holds the active mutant's number, 0 for none.</summary>
    public readonly FieldDefinition Active;

    /// <summary>The field that counts down the turns of loops.</summary>
    public readonly FieldDefinition Fuel;

    /// <summary>The field that says which methods were entered.</summary>
    public readonly FieldDefinition Seen;

    /// <summary>The method that burns fuel and throws when there is none left.</summary>
    public readonly MethodDefinition Burn;

    /// <summary>Writes the type into a module.</summary>
    /// <param name="module">The module under test.</param>
    public MutantSwitch(ModuleDefinition module)
    {
        const TypeAttributes isStatic = TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Class;
        var type = new TypeDefinition("", Name, isStatic, module.TypeSystem.Object);
        Active = Add(type, nameof(Active), module.TypeSystem.Int32);
        Fuel = Add(type, nameof(Fuel), module.TypeSystem.Int64);
        Seen = Add(type, nameof(Seen), new ArrayType(module.TypeSystem.Boolean));
        Burn = new MethodDefinition(nameof(Burn), MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        ILProcessor il = Burn.Body.GetILProcessor();
        Instruction end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldsfld, Fuel);
        il.Emit(OpCodes.Ldc_I8, 1L);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Stsfld, Fuel);
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Bge, end);
        il.Emit(OpCodes.Newobj, module.ImportReference(typeof(TimeoutException).GetConstructor([])));
        il.Emit(OpCodes.Throw);
        il.Append(end);
        type.Methods.Add(Burn);
        module.Types.Add(type);
    }

    private static FieldDefinition Add(TypeDefinition type, string name, TypeReference of)
    {
        var field = new FieldDefinition(name, FieldAttributes.Public | FieldAttributes.Static, of);
        type.Fields.Add(field);
        return field;
    }
}
