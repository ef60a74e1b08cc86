using System.Collections.Generic;

namespace Appliance.Bench.Mutation;

/// <summary>What the tests do while no mutant is active.</summary>
/// <param name="Tests">Those that pass, the fastest first.</param>
/// <param name="Cached">The changed methods whose results outlive a test: a test's first run enters them, its second does
/// not.</param>
internal sealed record Baseline(IReadOnlyList<BaselineTest> Tests, IReadOnlyCollection<int> Cached);

/// <summary>A test that passes.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Milliseconds">How long it took; where it is short, when all it needs was compiled.</param>
/// <param name="Turns">Turns of the tested assembly's loops.</param>
/// <param name="Methods">The changed methods that it entered.</param>
internal sealed record BaselineTest(string Name, long Milliseconds, long Turns, IReadOnlyList<int> Methods);
