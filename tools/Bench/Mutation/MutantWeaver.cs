using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Appliance.Bench.Mutation;

/// <summary>
/// Writes all mutants into one assembly, each behind a test of <see cref="MutantSwitch.Active"/>, so that one build serves them
/// all. Comparisons are negated and moved by one, arithmetic and bits swapped, constants raised by one (one made zero), calls
/// without a result left out.
/// </summary>
internal sealed class MutantWeaver
{
    private static readonly Dictionary<Code, OpCode[]> Replacements = new()
    {
        [Code.Beq] = [OpCodes.Bne_Un],
        [Code.Bne_Un] = [OpCodes.Beq],
        [Code.Blt] = [OpCodes.Bge, OpCodes.Ble],
        [Code.Ble] = [OpCodes.Bgt, OpCodes.Blt],
        [Code.Bgt] = [OpCodes.Ble, OpCodes.Bge],
        [Code.Bge] = [OpCodes.Blt, OpCodes.Bgt],
        [Code.Blt_Un] = [OpCodes.Bge_Un, OpCodes.Ble_Un],
        [Code.Ble_Un] = [OpCodes.Bgt_Un, OpCodes.Blt_Un],
        [Code.Bgt_Un] = [OpCodes.Ble_Un, OpCodes.Bge_Un],
        [Code.Bge_Un] = [OpCodes.Blt_Un, OpCodes.Bgt_Un],
        [Code.Brtrue] = [OpCodes.Brfalse],
        [Code.Brfalse] = [OpCodes.Brtrue],
        [Code.Add] = [OpCodes.Sub],
        [Code.Sub] = [OpCodes.Add],
        [Code.Mul] = [OpCodes.Add],
        [Code.Div] = [OpCodes.Mul],
        [Code.Rem] = [OpCodes.Mul],
        [Code.And] = [OpCodes.Or],
        [Code.Or] = [OpCodes.And],
        [Code.Xor] = [OpCodes.Or],
        [Code.Shl] = [OpCodes.Shr],
        [Code.Shr] = [OpCodes.Shl],
        [Code.Shr_Un] = [OpCodes.Shl],
    };

    private readonly List<Mutant> _mutants = [];
    private readonly List<string> _methods = [];
    private readonly MutantSwitch _switch;
    private readonly ModuleDefinition _module;

    private MutantWeaver(ModuleDefinition module)
    {
        _module = module;
        _switch = new MutantSwitch(module);
    }

    /// <summary>Writes the mutants of some folders' types into an assembly.</summary>
    /// <param name="path">The assembly; its symbols, which give file and line, stand beside it.</param>
    /// <param name="folders">Last parts of the namespaces to change: <c>Judging</c>. Others only burn fuel.</param>
    /// <param name="mutants">Takes the mutants, by number from 1.</param>
    /// <param name="methods">Takes the names of the methods that hold them.</param>
    /// <returns>The assembly's octets.</returns>
    public static byte[] Weave(string path, IReadOnlyCollection<string> folders, out IReadOnlyList<Mutant> mutants,
        out IReadOnlyList<string> methods)
    {
        var parameters = new ReaderParameters { ReadSymbols = File.Exists(Path.ChangeExtension(path, ".pdb")) };
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, parameters);
        TypeDefinition[] types = [.. assembly.MainModule.GetTypes()];
        var weaver = new MutantWeaver(assembly.MainModule);
        foreach (TypeDefinition type in types)
        {
            bool isChanged = folders.Contains(type.Namespace.Split('.')[^1]);
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
            {
                weaver.Visit(method, isChanged && !method.IsConstructor);
            }
        }

        using var stream = new MemoryStream();
        assembly.Write(stream);
        mutants = weaver._mutants;
        methods = weaver._methods;
        return stream.ToArray();
    }

    private void Visit(MethodDefinition method, bool isChanged)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        List<SequencePoint> points = [.. method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).OrderBy(p => p.Offset)];
        Instruction[] original = [.. body.Instructions];
        ILProcessor il = body.GetILProcessor();
        int before = _mutants.Count;
        // A loop's head is what a later instruction branches back to; found first, since a guarded branch is another one.
        HashSet<Instruction> heads = HeadsOf(original);
        if (isChanged)
        {
            foreach (Instruction instruction in original)
            {
                Change(il, method, instruction, points);
            }
        }

        foreach (Instruction head in heads)
        {
            Split(il, head, il.Create(OpCodes.Call, _switch.Burn));
        }

        if (_mutants.Count > before)
        {
            Instruction first = body.Instructions[0];
            il.InsertBefore(first, il.Create(OpCodes.Ldsfld, _switch.Seen));
            il.InsertBefore(first, il.Create(OpCodes.Ldc_I4, _methods.Count));
            il.InsertBefore(first, il.Create(OpCodes.Ldc_I4_1));
            il.InsertBefore(first, il.Create(OpCodes.Stelem_I1));
            _methods.Add(method.DeclaringType.Name + "." + method.Name);
        }

        body.OptimizeMacros();
    }

    private static HashSet<Instruction> HeadsOf(Instruction[] original)
    {
        var place = new Dictionary<Instruction, int>();
        for (int i = 0; i < original.Length; i++)
        {
            place[original[i]] = i;
        }

        return [.. original.Where(i => i.Operand is Instruction target && place.TryGetValue(target, out int at) && at <= place[i])
            .Select(i => (Instruction)i.Operand)];
    }

    private void Change(ILProcessor il, MethodDefinition method, Instruction instruction, List<SequencePoint> points)
    {
        string where = Where(method, instruction, points);
        OpCode code = instruction.OpCode;
        if (Replacements.TryGetValue(code.Code, out OpCode[]? others))
        {
            foreach (OpCode other in others)
            {
                int number = Add(where, code.Name + " → " + other.Name);
                Instruction end = instruction.Next;
                Instruction real = Guard(il, instruction, number, out Instruction mutated);
                mutated.OpCode = other;
                mutated.Operand = real.Operand;
                il.InsertAfter(real, il.Create(OpCodes.Br, end));
                instruction = real;
            }
        }
        else if (code.Code is Code.Ceq or Code.Clt or Code.Cgt or Code.Clt_Un or Code.Cgt_Un)
        {
            Append(il, instruction, Add(where, code.Name + " negated"), OpCodes.Xor);
        }
        else if (code.Code == Code.Ldc_I4)
        {
            // One becomes zero, since a flag that is raised from one to two is as true as before.
            bool isOne = (int)instruction.Operand == 1;
            Append(il, instruction, Add(where, instruction.Operand + " → " + (isOne ? 0 : (int)instruction.Operand + 1L)),
                isOne ? OpCodes.Xor : OpCodes.Add);
        }
        else if (code.Code is Code.Call or Code.Callvirt && instruction.Operand is MethodReference called
            && called.ReturnType.MetadataType == MetadataType.Void && called.Name != ".ctor")
        {
            LeaveOut(il, instruction, called, Add(where, called.Name + "() left out"));
        }
    }

    /// <summary>
    /// The instruction stays the target of branches and becomes the test; what it was stands behind it, the mutated one after
    /// that.
    /// </summary>
    private Instruction Guard(ILProcessor il, Instruction instruction, int number, out Instruction mutated)
    {
        Instruction real = il.Create(OpCodes.Nop);
        real.OpCode = instruction.OpCode;
        real.Operand = instruction.Operand;
        mutated = il.Create(OpCodes.Nop);
        instruction.OpCode = OpCodes.Ldsfld;
        instruction.Operand = _switch.Active;
        Instruction at = instruction;
        foreach (Instruction next in new[] { il.Create(OpCodes.Ldc_I4, number), il.Create(OpCodes.Beq, mutated), real, mutated })
        {
            il.InsertAfter(at, next);
            at = next;
        }

        return real;
    }

    private void LeaveOut(ILProcessor il, Instruction instruction, MethodReference called, int number)
    {
        Instruction end = instruction.Next;
        Instruction real = Guard(il, instruction, number, out Instruction mutated);
        il.InsertAfter(real, il.Create(OpCodes.Br, end));
        int operands = called.Parameters.Count + (called.HasThis ? 1 : 0);
        for (int i = 0; i < operands; i++)
        {
            il.InsertAfter(mutated, il.Create(OpCodes.Pop));
        }
    }

    /// <summary>Combines what an instruction left on the stack with whether the mutant is active.</summary>
    private void Append(ILProcessor il, Instruction instruction, int number, OpCode combine)
    {
        Instruction at = instruction;
        foreach (Instruction next in new[]
        {
            il.Create(OpCodes.Ldsfld, _switch.Active),
            il.Create(OpCodes.Ldc_I4, number),
            il.Create(OpCodes.Ceq),
            il.Create(combine),
        })
        {
            il.InsertAfter(at, next);
            at = next;
        }
    }

    private static void Split(ILProcessor il, Instruction head, Instruction first)
    {
        Instruction rest = il.Create(OpCodes.Nop);
        rest.OpCode = head.OpCode;
        rest.Operand = head.Operand;
        head.OpCode = first.OpCode;
        head.Operand = first.Operand;
        il.InsertAfter(head, rest);
    }

    private int Add(string where, string change)
    {
        _mutants.Add(new Mutant(_mutants.Count + 1, _methods.Count, where, change));
        return _mutants.Count;
    }

    private static string Where(MethodDefinition method, Instruction instruction, List<SequencePoint> points)
    {
        SequencePoint? point = points.LastOrDefault(p => p.Offset <= instruction.Offset);
        string name = method.DeclaringType.Name + "." + method.Name;
        return point is null ? name : $"{Path.GetFileName(point.Document.Url)}:{point.StartLine} {name}";
    }
}
