using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Appliance.Bench.Cost;

/// <summary>Rewrites a compiled assembly so that it tells <see cref="Meter"/> each block and each call that it runs.</summary>
internal sealed class Instrumenter
{
    private readonly ModuleDefinition _module;
    private readonly IReadOnlyCollection<string> _metered;
    private readonly List<int> _blockCosts;
    private readonly List<MeterMethod> _methods;
    private readonly List<string> _unknown;
    private readonly Dictionary<string, MethodReference> _standIns;
    private readonly MethodReference _block;
    private readonly MethodReference _site;
    private readonly MethodReference _enter;
    private readonly MethodReference _leave;

    private Instrumenter(ModuleDefinition module, IReadOnlyCollection<string> metered, List<int> blockCosts, List<MeterMethod> methods,
        List<string> unknown)
    {
        _module = module;
        _metered = metered;
        _blockCosts = blockCosts;
        _methods = methods;
        _unknown = unknown;
        _block = Import(nameof(Meter.Block), typeof(int));
        _site = Import(nameof(Meter.Site), typeof(int));
        _enter = Import(nameof(Meter.Enter), typeof(int));
        _leave = Import(nameof(Meter.Leave));
        _standIns = new Dictionary<string, MethodReference>(StringComparer.Ordinal)
        {
            ["System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"] =
                Import(nameof(Meter.Copy), typeof(Array), typeof(int), typeof(Array), typeof(int), typeof(int)),
            ["System.Void System.Array::Copy(System.Array,System.Array,System.Int32)"] =
                Import(nameof(Meter.Copy), typeof(Array), typeof(Array), typeof(int)),
            ["System.Void System.Array::Clear(System.Array,System.Int32,System.Int32)"] =
                Import(nameof(Meter.Clear), typeof(Array), typeof(int), typeof(int)),
        };
    }

    /// <summary>Rewrites assemblies.</summary>
    /// <param name="paths">Their files; they stay as they are.</param>
    /// <param name="plan">What the numbers mean that the rewritten ones report.</param>
    /// <returns>The rewritten assemblies, by name.</returns>
    public static IReadOnlyDictionary<string, byte[]> Instrument(IReadOnlyList<string> paths, out MeterPlan plan)
    {
        string[] metered = [.. paths.Select(p => Path.GetFileNameWithoutExtension(p))];
        var blockCosts = new List<int>();
        var methods = new List<MeterMethod>();
        var unknown = new List<string>();
        var images = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            images[Path.GetFileNameWithoutExtension(path)] = Instrument(path, metered, blockCosts, methods, unknown);
        }

        plan = new MeterPlan(blockCosts, methods, unknown);
        return images;
    }

    private static byte[] Instrument(string path, IReadOnlyCollection<string> metered, List<int> blockCosts, List<MeterMethod> methods,
        List<string> unknown)
    {
        using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { InMemory = true });
        var instrumenter = new Instrumenter(module, metered, blockCosts, methods, unknown);
        foreach (TypeDefinition type in module.GetTypes().ToArray())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    instrumenter.Rewrite(method);
                }
            }
        }

        using var stream = new MemoryStream();
        module.Write(stream);
        return stream.ToArray();
    }

    private MethodReference Import(string name, params Type[] parameters)
    {
        return _module.ImportReference(typeof(Meter).GetMethod(name, parameters)
            ?? throw new InvalidOperationException($"{nameof(Meter)} has no {name}"));
    }

    private void Rewrite(MethodDefinition method)
    {
        MethodBody body = method.Body;
        Dictionary<Instruction, int> depths = OperandDepths.Of(body, out int operands);
        HashSet<Instruction> leaders = Leaders(body);
        var costs = new Dictionary<Instruction, int>();
        foreach (Instruction instruction in body.Instructions)
        {
            costs[instruction] = CostOf(method, instruction);
        }

        int number = _methods.Count;
        _methods.Add(Describe(method, operands));
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        Instruction[] instructions = [.. body.Instructions];
        int block = -1;
        foreach (Instruction instruction in instructions)
        {
            Instruction at = instruction;
            if (leaders.Contains(instruction))
            {
                block = _blockCosts.Count;
                _blockCosts.Add(0);
                at = InsertInPlace(il, instruction, OpCodes.Ldc_I4, block, _block);
            }

            // A block with an unknown cost stays one: what is not measured may call what it likes.
            int cost = costs[instruction];
            _blockCosts[block] = cost < 0 || _blockCosts[block] < 0 ? Math.Min(cost, _blockCosts[block]) : _blockCosts[block] + cost;
            if (at.OpCode.FlowControl == FlowControl.Call && at.Operand is MethodReference called)
            {
                Instruction before = at.Previous is { OpCode.Code: Code.Constrained } prefix ? prefix : at;
                il.InsertBefore(before, il.Create(OpCodes.Ldc_I4, depths[instruction]));
                il.InsertBefore(before, il.Create(OpCodes.Call, _site));
                if (_standIns.TryGetValue(called.FullName, out MethodReference? standIn))
                {
                    at.Operand = standIn;
                }
            }
            else if (at.OpCode.Code == Code.Ret)
            {
                il.InsertBefore(at, il.Create(OpCodes.Call, _leave));
            }
        }

        InsertInPlace(il, body.Instructions[0], OpCodes.Ldc_I4, number, _enter);
        body.OptimizeMacros();
    }

    // Puts "number; call" where an instruction stands, so that every branch to it comes by, and moves the instruction behind.
    private static Instruction InsertInPlace(ILProcessor il, Instruction instruction, OpCode load, int number, MethodReference call)
    {
        Instruction moved = il.Create(OpCodes.Nop);
        moved.OpCode = instruction.OpCode;
        moved.Operand = instruction.Operand;
        instruction.OpCode = load;
        instruction.Operand = number;
        Instruction report = il.Create(OpCodes.Call, call);
        il.InsertAfter(instruction, report);
        il.InsertAfter(report, moved);
        return moved;
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            bool ends = instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return
                or FlowControl.Throw;
            if (ends && instruction.Next != null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart != null)
            {
                leaders.Add(handler.FilterStart);
            }
        }

        return leaders;
    }

    private int CostOf(MethodDefinition method, Instruction instruction)
    {
        if (!OpcodeCosts.TryGet(instruction.OpCode.Code, out int cost))
        {
            return Unknown(method, instruction, instruction.OpCode.Name, nameof(OpcodeCosts));
        }

        if (instruction.OpCode.FlowControl != FlowControl.Call || instruction.Operand is not MethodReference called)
        {
            return cost;
        }

        if (instruction.OpCode.Code == Code.Newobj)
        {
            cost += CallCosts.NewObject;
        }

        if (called.DeclaringType.Scope == _module || _metered.Contains(called.DeclaringType.Scope.Name))
        {
            bool searches = instruction.OpCode.Code == Code.Callvirt && called.Resolve() is { IsVirtual: true };
            return cost + (searches ? CallCosts.Virtual : 0);
        }

        if (!LibraryCosts.TryGet(called.FullName, out int callCost))
        {
            return Unknown(method, instruction, called.FullName, nameof(LibraryCosts));
        }

        return cost + callCost;
    }

    private int Unknown(MethodDefinition method, Instruction instruction, string what, string table)
    {
        _unknown.Add($"{method.FullName} IL_{instruction.Offset:x4}: no cost is known for '{what}': add it to {table}");
        return -_unknown.Count;
    }

    private static MeterMethod Describe(MethodDefinition method, int operands)
    {
        int locals = method.Body.Variables.Count;
        int entry = method.ReturnType.MetadataType == MetadataType.Void ? 0 : CallCosts.Result;
        foreach (VariableDefinition local in method.Body.Variables)
        {
            entry += local.VariableType.IsValueType || local.VariableType.IsPrimitive ? CallCosts.Local : CallCosts.ReferenceLocal;
        }

        return new MeterMethod(
            $"{method.DeclaringType.Name}.{method.Name}",
            method.IsStatic,
            !method.IsStatic && !method.IsConstructor && !method.Body.HasExceptionHandlers,
            method.Parameters.Count + (method.HasThis ? 1 : 0),
            locals,
            operands,
            Math.Max(operands + CallCosts.SparePlaces, CallCosts.LeastPlaces - locals),
            entry);
    }
}
