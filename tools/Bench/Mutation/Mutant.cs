namespace Appliance.Bench.Mutation;

/// <summary>One change to the compiled code that a test should notice.</summary>
/// <param name="Number">From 1; what <c>MutantSwitch.Active</c> is set to.</param>
/// <param name="Method">Index of the method that it stands in, into <c>MutantSwitch.Seen</c>.</param>
/// <param name="Where">File and line, or the method's name where the build left no line.</param>
/// <param name="Change">What becomes of what, in the words of IL: <c>blt → bge</c>.</param>
internal sealed record Mutant(int Number, int Method, string Where, string Change);
