using System.Linq;
using Mono.Cecil.Cil;

namespace Appliance.Surface.Tests;

/// <summary>
/// How large a method is on the device, whose bytecode is the compiler's with shorter operands (nanoFramework's metadata
/// processor, CodeWriter): a token has two octets in place of four, but for that of a constant array, a far branch two, a switch
/// one for its count and two a branch.
/// </summary>
internal static class Bytecode
{
    // A handler's kind, class or filter, and four offsets; and the count behind them.
    private const int HandlerSize = 12;

    /// <summary>Octets of a method's body and its exception handlers.</summary>
    public static int SizeOf(MethodBody body) => body.Instructions.Sum(SizeOf)
        + (body.HasExceptionHandlers ? (body.ExceptionHandlers.Count * HandlerSize) + 1 : 0);

    private static int SizeOf(Instruction instruction) => instruction.OpCode.Size + instruction.OpCode.OperandType switch
    {
        OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineString => 2,
        OperandType.InlineBrTarget => 2,
        OperandType.InlineSwitch => 1 + (2 * ((Instruction[])instruction.Operand).Length),
        _ => instruction.GetSize() - instruction.OpCode.Size,
    };
}
