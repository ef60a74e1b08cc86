namespace Appliance.Bench.Cost;

/// <summary>
/// What a call costs beside the loads of its arguments, in host instructions of the 32-bit interpreter. The interpreter runs an
/// instance method inside its caller's stack frame when that has room and is not itself such a guest; any other call pays for a
/// frame of its own.
/// </summary>
internal static class CallCosts
{
    /// <summary>Call and return of an instance method that runs in its caller's frame.</summary>
    public const int Guest = 392;

    /// <summary>Call and return of an instance method with a frame of its own.</summary>
    public const int Instance = 545;

    /// <summary>Call and return of a static method.</summary>
    public const int Static = 498;

    /// <summary>The search for the method that a virtual or interface call means.</summary>
    public const int Virtual = 272;

    /// <summary>Handing back a value.</summary>
    public const int Result = 33;

    /// <summary>A local variable of a number or of a struct, made ready.</summary>
    public const int Local = 55;

    /// <summary>A local variable that refers to an object or array, made ready.</summary>
    public const int ReferenceLocal = 60;

    /// <summary>A new object, without its constructor.</summary>
    public const int NewObject = 700;

    /// <summary>A frame has at least so many places for locals and operands (c_MinimumStack).</summary>
    public const int LeastPlaces = 10;

    /// <summary>Operand places that a frame has beyond what its method asks for.</summary>
    public const int SparePlaces = 3;

    /// <summary>Places that a guest needs beyond its arguments, locals and operands.</summary>
    public const int GuestPlaces = 2;
}
