using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace Appliance.Bench.Cost;

/// <summary>
/// What an instruction of intermediate language costs, in host instructions of the 32-bit interpreter. The interpreter's cost
/// table gives whole statements; these were solved from such statements, run on the interpreter under callgrind. Only sums over
/// whole statements have a meaning: a load and the store that takes its value off the stack share their cost as they like.
/// </summary>
internal static class OpcodeCosts
{
    private const int ShortLoad = 31;
    private const int ShortStore = 32;
    private const int Load = 37;
    private const int Store = 38;
    private const int Argument = 33;
    private const int SmallConstant = 14;
    private const int Arithmetic = 48;
    private const int Logic = 20;
    private const int Shift = 42;
    private const int BranchOnValue = 59;
    private const int BranchOnComparison = 107;
    private const int Comparison = 103;
    private const int Convert = 92;
    private const int ConvertNarrowSigned = 115;
    private const int ReadElement = 116;
    private const int WriteElement = 164;
    private const int ReadThroughReference = 74;
    private const int WriteThroughReference = 125;
    private const int ReadField = 145;
    private const int WriteField = 143;

    // The way out of a protected block, whose handlers the interpreter looks up: try-finally costs two.
    private const int LeaveProtected = 860;

    private static readonly Dictionary<Code, int> Table = new()
    {
        [Code.Nop] = 12,
        [Code.Ldarg_0] = Argument,
        [Code.Ldarg_1] = Argument,
        [Code.Ldarg_2] = Argument,
        [Code.Ldarg_3] = Argument,
        [Code.Ldarg_S] = Load,
        [Code.Ldarg] = Load,
        [Code.Ldarga_S] = Load,
        [Code.Starg_S] = 34,
        [Code.Starg] = 34,
        [Code.Ldloc_0] = ShortLoad,
        [Code.Ldloc_1] = ShortLoad,
        [Code.Ldloc_2] = ShortLoad,
        [Code.Ldloc_3] = ShortLoad,
        [Code.Ldloc_S] = Load,
        [Code.Ldloc] = Load,
        [Code.Ldloca_S] = Load,
        [Code.Ldloca] = Load,
        [Code.Stloc_0] = ShortStore,
        [Code.Stloc_1] = ShortStore,
        [Code.Stloc_2] = ShortStore,
        [Code.Stloc_3] = ShortStore,
        [Code.Stloc_S] = Store,
        [Code.Stloc] = Store,
        [Code.Ldnull] = 17,
        [Code.Ldc_I4_M1] = SmallConstant,
        [Code.Ldc_I4_0] = SmallConstant,
        [Code.Ldc_I4_1] = SmallConstant,
        [Code.Ldc_I4_2] = SmallConstant,
        [Code.Ldc_I4_3] = SmallConstant,
        [Code.Ldc_I4_4] = SmallConstant,
        [Code.Ldc_I4_5] = SmallConstant,
        [Code.Ldc_I4_6] = SmallConstant,
        [Code.Ldc_I4_7] = SmallConstant,
        [Code.Ldc_I4_8] = SmallConstant,
        [Code.Ldc_I4_S] = 16,
        [Code.Ldc_I4] = 32,
        [Code.Ldc_I8] = 75,
        [Code.Dup] = 34,
        [Code.Pop] = 0,
        [Code.Add] = Arithmetic,
        [Code.Sub] = Arithmetic,
        [Code.Mul] = 52,
        [Code.Div] = 66,
        [Code.Div_Un] = 66,
        [Code.Rem] = 67,
        [Code.Rem_Un] = 67,
        [Code.And] = Logic,
        [Code.Or] = Logic,
        [Code.Xor] = Logic,
        [Code.Not] = 14,
        [Code.Neg] = 36,
        [Code.Shl] = Shift,
        [Code.Shr] = Shift,
        [Code.Shr_Un] = Shift,
        [Code.Br] = 29,
        [Code.Br_S] = 29,
        [Code.Brfalse] = BranchOnValue,
        [Code.Brfalse_S] = BranchOnValue,
        [Code.Brtrue] = BranchOnValue,
        [Code.Brtrue_S] = BranchOnValue,
        [Code.Beq] = BranchOnComparison,
        [Code.Beq_S] = BranchOnComparison,
        [Code.Bne_Un] = BranchOnComparison,
        [Code.Bne_Un_S] = BranchOnComparison,
        [Code.Bge] = BranchOnComparison,
        [Code.Bge_S] = BranchOnComparison,
        [Code.Bge_Un] = BranchOnComparison,
        [Code.Bge_Un_S] = BranchOnComparison,
        [Code.Bgt] = BranchOnComparison,
        [Code.Bgt_S] = BranchOnComparison,
        [Code.Bgt_Un] = BranchOnComparison,
        [Code.Bgt_Un_S] = BranchOnComparison,
        [Code.Ble] = BranchOnComparison,
        [Code.Ble_S] = BranchOnComparison,
        [Code.Ble_Un] = BranchOnComparison,
        [Code.Ble_Un_S] = BranchOnComparison,
        [Code.Blt] = BranchOnComparison,
        [Code.Blt_S] = BranchOnComparison,
        [Code.Blt_Un] = BranchOnComparison,
        [Code.Blt_Un_S] = BranchOnComparison,
        [Code.Switch] = 27,
        [Code.Ceq] = Comparison,
        [Code.Cgt] = Comparison,
        [Code.Cgt_Un] = Comparison,
        [Code.Clt] = Comparison,
        [Code.Clt_Un] = Comparison,
        [Code.Conv_I1] = ConvertNarrowSigned,
        [Code.Conv_I2] = ConvertNarrowSigned,
        [Code.Conv_U1] = Convert,
        [Code.Conv_U2] = Convert,
        [Code.Conv_I4] = 67,
        [Code.Conv_U4] = 67,
        [Code.Conv_I8] = 108,
        [Code.Conv_U8] = 85,
        [Code.Ldlen] = 57,
        [Code.Ldelem_I1] = ReadElement,
        [Code.Ldelem_U1] = ReadElement,
        [Code.Ldelem_I2] = ReadElement,
        [Code.Ldelem_U2] = ReadElement,
        [Code.Ldelem_I4] = 110,
        [Code.Ldelem_U4] = 110,
        [Code.Ldelem_I8] = 111,
        [Code.Ldelem_Ref] = 125,
        [Code.Ldelema] = 53,
        [Code.Stelem_I1] = WriteElement,
        [Code.Stelem_I2] = WriteElement,
        [Code.Stelem_I4] = WriteElement,
        [Code.Stelem_I8] = WriteElement,
        [Code.Stelem_Ref] = 661,
        [Code.Ldind_I1] = ReadThroughReference,
        [Code.Ldind_U1] = ReadThroughReference,
        [Code.Ldind_I2] = ReadThroughReference,
        [Code.Ldind_U2] = ReadThroughReference,
        [Code.Ldind_I4] = ReadThroughReference,
        [Code.Ldind_U4] = ReadThroughReference,
        [Code.Ldind_I8] = ReadThroughReference,
        [Code.Ldind_Ref] = ReadThroughReference,
        [Code.Stind_I1] = WriteThroughReference,
        [Code.Stind_I2] = WriteThroughReference,
        [Code.Stind_I4] = WriteThroughReference,
        [Code.Stind_I8] = WriteThroughReference,
        [Code.Stind_Ref] = WriteThroughReference,
        [Code.Ldfld] = ReadField,
        [Code.Ldflda] = ReadField,
        [Code.Stfld] = WriteField,
        [Code.Ldsfld] = 151,
        [Code.Ldsflda] = 151,
        [Code.Stsfld] = 147,
        [Code.Isinst] = 455,
        [Code.Castclass] = 455,
        [Code.Box] = 428,
        [Code.Unbox_Any] = 257,
        [Code.Newarr] = 483,
        [Code.Ldstr] = 400,
        [Code.Ldtoken] = 60,
        [Code.Ldftn] = 60,
        [Code.Leave] = LeaveProtected,
        [Code.Leave_S] = LeaveProtected,
        [Code.Endfinally] = LeaveProtected,
        [Code.Throw] = 4000,
        [Code.Rethrow] = 4000,

        // A call's cost depends on the callee and the caller: CallCosts.
        [Code.Call] = 0,
        [Code.Callvirt] = 0,
        [Code.Newobj] = 0,
        [Code.Ret] = 0,
        [Code.Constrained] = 0,
    };

    /// <summary>The cost of an instruction, without what a call costs.</summary>
    /// <param name="code">The instruction's code.</param>
    /// <param name="cost">Host instructions.</param>
    /// <returns>Whether the code is known.</returns>
    public static bool TryGet(Code code, out int cost) => Table.TryGetValue(code, out cost);
}
