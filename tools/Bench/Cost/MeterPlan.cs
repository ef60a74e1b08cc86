using System.Collections.Generic;

namespace Appliance.Bench.Cost;

/// <summary>What the numbers mean that an instrumented assembly reports.</summary>
/// <param name="BlockCosts">A block: host instructions of the interpreter; -n: the n-th of <paramref name="Unknown"/>.</param>
/// <param name="Methods">A method: what its call costs.</param>
/// <param name="Unknown">What has no known cost, and where.</param>
internal sealed record MeterPlan(IReadOnlyList<int> BlockCosts, IReadOnlyList<MeterMethod> Methods, IReadOnlyList<string> Unknown)
{
    /// <summary>No blocks, no methods.</summary>
    public static MeterPlan Empty { get; } = new([], [], []);
}

/// <summary>A method as its callers pay for it.</summary>
/// <param name="Name">Type and name, without the namespace.</param>
/// <param name="IsStatic">It has no <c>this</c>.</param>
/// <param name="MayBeGuest">The interpreter may run it in its caller's frame, if that has room.</param>
/// <param name="Arguments">Arguments, <c>this</c> included.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Operands">Operand places that it needs itself.</param>
/// <param name="OperandPlaces">Operand places in a frame of its own, with the spare ones.</param>
/// <param name="EntryCost">Host instructions to make its locals ready and to hand back its result.</param>
internal sealed record MeterMethod(
    string Name, bool IsStatic, bool MayBeGuest, int Arguments, int Locals, int Operands, int OperandPlaces, int EntryCost);

/// <summary>A method in a profile.</summary>
/// <param name="Method">Type and name.</param>
/// <param name="Depth">How deep it was called.</param>
/// <param name="Calls">How often.</param>
/// <param name="Inclusive">Host instructions with what it called.</param>
/// <param name="Own">Host instructions without.</param>
internal sealed record MeterRow(string Method, int Depth, int Calls, long Inclusive, long Own);
