using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Appliance.Sensor.Tests.Rooms;

/// <summary>
/// Who names whom among the sensor's rooms, read from the compiled assembly: arrows run one way, and in no circle.
/// </summary>
[TestClass]
public sealed class ArrowTests
{
    // What the sensor is fed and where its lines go: the ground floor, which names nobody but frames.
    private const string Face = "Face";
    private const string Contracts = "Contracts";
    private const int MostParameters = 7;
    private const int MostLines = 100;

    private static readonly string[] ContractTypes = ["SlotBatch", "IAlertSink", "IMatchSink"];

    // A room and those that it may name. A room that is not listed names none.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Frames"] = [],
        [Contracts] = ["Frames"],
        ["Signatures"] = ["Frames", Contracts],
        ["Memories"] = ["Frames"],
        ["Lines"] = [],
        ["Incidents"] = ["Lines", "Memories", "Signatures", "Frames", Contracts],
        ["Judging"] = ["Incidents", "Memories", "Signatures", "Frames"],
        ["Road"] = ["Judging", "Incidents", "Memories", "Signatures", "Frames", Contracts],
        [Face] = ["Road", "Judging", "Incidents", "Lines", "Memories", "Signatures", "Frames", Contracts],
    };

    private static readonly Lazy<ModuleDefinition> Sensor = new(() =>
        ModuleDefinition.ReadModule(typeof(TapSensor).Assembly.Location, new ReaderParameters { ReadSymbols = true }));

    [TestMethod]
    public void NobodyNamesARoomAgainstTheDesign()
    {
        var against = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((TypeDefinition type, TypeReference named) in Arrows())
        {
            if (!Allowed.TryGetValue(RoomOf(type), out string[]? rooms) || !rooms.Contains(RoomOf(named)))
            {
                against.Add($"{RoomOf(type)}/{type.Name} names {RoomOf(named)}/{named.Name}");
            }
        }

        Assert.IsEmpty(against, string.Join('\n', against));
    }

    [TestMethod]
    public void TheDesignKnowsNoCircle()
    {
        // Taken away one after the other: a room that names none of those that are left.
        var left = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach ((TypeDefinition type, TypeReference named) in Arrows())
        {
            if (!left.TryGetValue(RoomOf(type), out HashSet<string>? names))
            {
                left.Add(RoomOf(type), names = new HashSet<string>(StringComparer.Ordinal));
            }

            names.Add(RoomOf(named));
        }

        while (left.Count > 0)
        {
            string? leaf = left.Keys.FirstOrDefault(room => !left[room].Any(left.ContainsKey));
            Assert.IsNotNull(leaf, "a circle: " + string.Join(", ", left.Keys));
            left.Remove(leaf);
        }
    }

    [TestMethod]
    public void RoomsAreThere()
    {
        string[] rooms = [.. Types().Select(RoomOf).Distinct().Order(StringComparer.Ordinal)];
        CollectionAssert.IsSubsetOf(new[] { "Frames", "Incidents", "Judging", "Memories", "Road", "Signatures" }, rooms);
        CollectionAssert.IsSubsetOf(rooms, Allowed.Keys.ToArray());
        Assert.IsGreaterThan(200, Arrows().Count(), "the test sees what is named");
    }

    [TestMethod]
    public void NoConstructorHasMoreThanSevenParameters()
    {
        string[] many = [.. Types().SelectMany(type => type.Methods).Where(method => method.IsConstructor
            && method.Parameters.Count > MostParameters)
            .Select(method => $"{method.DeclaringType.Name}: {method.Parameters.Count}")];
        Assert.IsEmpty(many, string.Join(", ", many));
    }

    [TestMethod]
    public void NoMethodButTheBatchLoopIsLongerThanAHundredLines()
    {
        string[] large = [.. Types().SelectMany(type => type.Methods)
            .Select(method => (method, Lines: LinesOf(method)))
            .Where(one => one.Lines > MostLines && one.method.DeclaringType.Name != "BatchLoop")
            .Select(one => $"{one.method.DeclaringType.Name}.{one.method.Name}: {one.Lines}")];
        Assert.IsEmpty(large, string.Join(", ", large));
    }

    // Between its braces: a constructor begins with the fields that are set where they are declared, all over its class.
    private static int LinesOf(MethodDefinition method)
    {
        Instruction? begin = method.IsConstructor && method.HasBody ? method.Body.Instructions.FirstOrDefault(instruction =>
            instruction.OpCode == OpCodes.Call && instruction.Operand is MethodReference { Name: ".ctor" }) : null;
        SequencePoint[] points = [.. method.DebugInformation.SequencePoints.Where(point => !point.IsHidden
            && point.Offset > (begin?.Offset ?? -1))];
        return points.Length == 0 ? 0 : points.Max(point => point.EndLine) - points.Min(point => point.StartLine);
    }

    private static IEnumerable<TypeDefinition> Types() =>
        Sensor.Value.GetTypes().Where(type => Outermost(type).Namespace.StartsWith("Appliance.Sensor", StringComparison.Ordinal));

    // Pairs of a type and another room's type that it names.
    private static IEnumerable<(TypeDefinition Type, TypeReference Named)> Arrows() => Types()
        .SelectMany(type => Named(type).Where(named => named.Scope == type.Module
                && Outermost(named).Namespace.StartsWith("Appliance.Sensor", StringComparison.Ordinal)
                    && RoomOf(named) != RoomOf(type))
            .Select(named => (type, named)))
        .Distinct();

    private static IEnumerable<TypeReference> Named(TypeDefinition type)
    {
        IEnumerable<TypeReference?> outside = type.Interfaces.Select(one => one.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.Fields.Select(field => field.FieldType));
        IEnumerable<TypeReference?> inside = type.Methods.SelectMany(method => method.Parameters
            .Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [])
            .Concat(method.HasBody ? method.Body.Instructions.SelectMany(Named) : []));
        return outside.Concat(inside).Where(one => one is not null).Select(one => one!.GetElementType());
    }

    private static IEnumerable<TypeReference> Named(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type
        : Outermost(type.DeclaringType);

    private static string RoomOf(TypeReference type)
    {
        TypeReference outermost = Outermost(type);
        string room = outermost.Namespace.Length > "Appliance.Sensor".Length ? outermost.Namespace["Appliance.Sensor.".Length..]
            : "";
        return room.Length > 0 ? room : ContractTypes.Contains(outermost.Name) ? Contracts : Face;
    }
}
