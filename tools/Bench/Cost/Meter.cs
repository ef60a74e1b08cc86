using System;
using System.Collections.Generic;
using System.IO;

namespace Appliance.Bench.Cost;

/// <summary>
/// Where the instrumented assembly reports what it runs. It keeps the interpreter's stack of frames, because a call's cost
/// depends on whether the callee finds room in its caller's. One thread only.
/// </summary>
public static class Meter
{
    private const int MostFrames = 256;

    private static readonly MeterFrame[] Stack = NewStack();
    private static readonly MeterNode Root = new(-1);
    private static MeterPlan _plan = MeterPlan.Empty;
    private static int _depth;
    private static bool _isRunning;

    /// <summary>Host instructions of the interpreter since <see cref="Reset"/>.</summary>
    public static long Total { get; private set; }

    /// <summary>Sets what the instrumented assembly's numbers mean.</summary>
    /// <param name="plan">The plan that its instrumentation made.</param>
    internal static void Use(MeterPlan plan)
    {
        _plan = plan;
    }

    /// <summary>Forgets what was counted.</summary>
    public static void Reset()
    {
        Total = 0;
        Root.Clear();
    }

    /// <summary>Goes on counting; the caller of the next method is outside the instrumented assembly.</summary>
    public static void Resume()
    {
        _depth = 0;
        Stack[0].Method = -1;
        Stack[0].Node = Root;
        Stack[0].IsGuest = false;
        _isRunning = true;
    }

    /// <summary>Stops counting.</summary>
    public static void Pause()
    {
        _isRunning = false;
    }

    /// <summary>Of what was counted keeps only what calls of one method took.</summary>
    /// <param name="method">Type and name.</param>
    internal static void OnlyUnder(string method)
    {
        Total = 0;
        Root.Keep(method, _plan);
        foreach (MeterNode child in Root.Children)
        {
            Total += child.Inclusive;
        }
    }

    /// <summary>A basic block begins.</summary>
    /// <param name="block">Its number in the plan.</param>
    /// <exception cref="InvalidDataException">It has an instruction or a library call whose cost is not known.</exception>
    public static void Block(int block)
    {
        if (!_isRunning)
        {
            return;
        }

        int cost = _plan.BlockCosts[block];
        if (cost < 0)
        {
            throw new InvalidDataException(_plan.Unknown[-cost - 1]);
        }

        Add(cost);
    }

    /// <summary>A call into the assembly's own or an outside method follows.</summary>
    /// <param name="operands">Operand places in use, arguments included.</param>
    public static void Site(int operands)
    {
        Stack[_depth].Operands = operands;
    }

    /// <summary>A method begins.</summary>
    /// <param name="method">Its number in the plan.</param>
    public static void Enter(int method)
    {
        if (!_isRunning)
        {
            return;
        }

        if (_depth + 1 == MostFrames)
        {
            throw new InvalidOperationException($"more than {MostFrames} calls deep in {_plan.Methods[method].Name}");
        }

        MeterFrame caller = Stack[_depth];
        MeterMethod callee = _plan.Methods[method];
        bool isGuest = caller.Method >= 0 && !caller.IsGuest && callee.MayBeGuest
            && _plan.Methods[caller.Method].OperandPlaces - caller.Operands + 1
                > callee.Arguments + callee.Locals + callee.Operands + CallCosts.GuestPlaces;
        MeterFrame frame = Stack[++_depth];
        frame.Method = method;
        frame.IsGuest = isGuest;
        frame.Node = caller.Node.Child(method);
        frame.Node.Calls++;
        Add(callee.EntryCost + (isGuest ? CallCosts.Guest : callee.IsStatic ? CallCosts.Static : CallCosts.Instance));
    }

    /// <summary>A method ends.</summary>
    public static void Leave()
    {
        if (_isRunning && _depth > 0)
        {
            _depth--;
        }
    }

    /// <summary>A method outside the assembly, such as a sink's, was called: only the call is counted.</summary>
    public static void Outside()
    {
        if (_isRunning)
        {
            Add(CallCosts.Instance);
        }
    }

    /// <summary>Stands in for <see cref="Array.Copy(Array, int, Array, int, int)"/>, and counts its octets.</summary>
    /// <param name="source">As there.</param>
    /// <param name="sourceIndex">As there.</param>
    /// <param name="destination">As there.</param>
    /// <param name="destinationIndex">As there.</param>
    /// <param name="length">As there.</param>
    public static void Copy(Array source, int sourceIndex, Array destination, int destinationIndex, int length)
    {
        Array.Copy(source, sourceIndex, destination, destinationIndex, length);
        AddOctets(source, length, 35);
    }

    /// <summary>Stands in for <see cref="Array.Copy(Array, Array, int)"/>, and counts its octets.</summary>
    /// <param name="source">As there.</param>
    /// <param name="destination">As there.</param>
    /// <param name="length">As there.</param>
    public static void Copy(Array source, Array destination, int length)
    {
        Array.Copy(source, destination, length);
        AddOctets(source, length, 35);
    }

    /// <summary>Stands in for <see cref="Array.Clear(Array, int, int)"/>, and counts its octets.</summary>
    /// <param name="array">As there.</param>
    /// <param name="index">As there.</param>
    /// <param name="length">As there.</param>
    public static void Clear(Array array, int index, int length)
    {
        Array.Clear(array, index, length);
        AddOctets(array, length, 10);
    }

    /// <summary>What each method took since <see cref="Reset"/>, callees under callers.</summary>
    internal static IEnumerable<MeterRow> Rows()
    {
        var rows = new List<MeterRow>();
        foreach (MeterNode child in Root.Children)
        {
            AddRows(child, 0, rows);
        }

        return rows;
    }

    private static void AddRows(MeterNode node, int depth, List<MeterRow> rows)
    {
        if (node.Calls == 0)
        {
            return;
        }

        rows.Add(new MeterRow(_plan.Methods[node.Method].Name, depth, node.Calls, node.Inclusive, node.Cost));
        var children = new List<MeterNode>(node.Children);
        children.Sort((a, b) => b.Inclusive.CompareTo(a.Inclusive));
        foreach (MeterNode child in children)
        {
            AddRows(child, depth + 1, rows);
        }
    }

    private static void AddOctets(Array array, int elements, int hundredthsPerOctet)
    {
        if (_isRunning)
        {
            Add((int)((long)elements * Buffer.ByteLength(array) / Math.Max(array.Length, 1) * hundredthsPerOctet / 100));
        }
    }

    private static void Add(int cost)
    {
        Total += cost;
        Stack[_depth].Node.Cost += cost;
    }

    private static MeterFrame[] NewStack()
    {
        var stack = new MeterFrame[MostFrames];
        for (int i = 0; i < MostFrames; i++)
        {
            stack[i] = new MeterFrame();
        }

        return stack;
    }

    private sealed class MeterFrame
    {
        public int Method = -1;
        public bool IsGuest;
        public int Operands;
        public MeterNode Node = Root;
    }

    private sealed class MeterNode(int method)
    {
        private readonly Dictionary<int, MeterNode> _children = [];

        public int Method { get; } = method;

        public long Cost { get; set; }

        public int Calls { get; set; }

        public IEnumerable<MeterNode> Children => _children.Values;

        public long Inclusive
        {
            get
            {
                long sum = Cost;
                foreach (MeterNode child in _children.Values)
                {
                    sum += child.Inclusive;
                }

                return sum;
            }
        }

        public MeterNode Child(int method)
        {
            if (!_children.TryGetValue(method, out MeterNode? child))
            {
                _children.Add(method, child = new MeterNode(method));
            }

            return child;
        }

        public void Keep(string method, MeterPlan plan)
        {
            Cost = 0;
            foreach (MeterNode child in new List<MeterNode>(_children.Values))
            {
                if (plan.Methods[child.Method].Name != method)
                {
                    child.Keep(method, plan);
                    if (child._children.Count == 0)
                    {
                        _children.Remove(child.Method);
                    }
                }
            }
        }

        public void Clear()
        {
            Cost = 0;
            Calls = 0;
            _children.Clear();
        }
    }
}
