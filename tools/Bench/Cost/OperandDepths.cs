using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Appliance.Bench.Cost;

/// <summary>How many operands lie on the stack at each instruction: the interpreter's frames are laid out by the most.</summary>
internal static class OperandDepths
{
    /// <summary>Follows a method's instructions in their order.</summary>
    /// <param name="body">The method's body.</param>
    /// <param name="most">The most operands at any instruction.</param>
    /// <returns>An instruction: operands before it runs.</returns>
    public static Dictionary<Instruction, int> Of(MethodBody body, out int most)
    {
        var depths = new Dictionary<Instruction, int>();
        var atTarget = new Dictionary<Instruction, int>();
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            // A catch and a filter begin with the exception on the stack.
            atTarget[handler.HandlerStart] = handler.HandlerType == ExceptionHandlerType.Catch ? 1 : 0;
            if (handler.FilterStart != null)
            {
                atTarget[handler.FilterStart] = 1;
                atTarget[handler.HandlerStart] = 1;
            }
        }

        most = 0;
        int depth = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            if (atTarget.TryGetValue(instruction, out int known))
            {
                depth = known;
            }

            depths[instruction] = depth;
            depth = instruction.OpCode.FlowControl == FlowControl.Throw || instruction.OpCode.Code is Code.Leave or Code.Leave_S
                ? 0
                : depth + ChangeOf(body.Method, instruction);
            most = depth > most ? depth : most;
            if (instruction.Operand is Instruction target)
            {
                atTarget.TryAdd(target, depth);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                foreach (Instruction one in targets)
                {
                    atTarget.TryAdd(one, depth);
                }
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return)
            {
                // What follows is reached by a jump: its depth is known then, or there is nothing on the stack.
                depth = 0;
            }
        }

        return depths;
    }

    private static int ChangeOf(MethodDefinition method, Instruction instruction)
    {
        if (instruction.OpCode.FlowControl == FlowControl.Call && instruction.Operand is MethodReference called)
        {
            int result = called.ReturnType.MetadataType == MetadataType.Void ? 0 : 1;
            return instruction.OpCode.Code == Code.Newobj
                ? 1 - called.Parameters.Count
                : result - called.Parameters.Count - (called.HasThis ? 1 : 0);
        }

        if (instruction.OpCode.Code == Code.Ret)
        {
            return method.ReturnType.MetadataType == MetadataType.Void ? 0 : -1;
        }

        return Pushed(instruction.OpCode.StackBehaviourPush) - Popped(instruction.OpCode.StackBehaviourPop);
    }

    private static int Pushed(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };

    private static int Popped(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => 0,
    };
}
