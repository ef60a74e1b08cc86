using System;
using System.Collections.Generic;

namespace Appliance.Bench.Cost;

/// <summary>What a call into CoreLibrary costs beside the loads of its arguments, in host instructions of the 32-bit
/// interpreter.</summary>
internal static class LibraryCosts
{
    private static readonly Dictionary<string, int> Table = new(StringComparer.Ordinal)
    {
        ["System.Void System.Object::.ctor()"] = 400,
        ["System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"] = 1089, // and its octets: Meter
        ["System.Void System.Array::Copy(System.Array,System.Array,System.Int32)"] = 1720, // likewise
        ["System.Void System.Array::Clear(System.Array,System.Int32,System.Int32)"] = 1008, // likewise
        ["System.Int32 System.String::get_Length()"] = 1134,
        ["System.Char System.String::get_Chars(System.Int32)"] = 1327,
        ["System.String System.String::Concat(System.String,System.String)"] = 1560,
        ["System.String System.Int32::ToString()"] = 10650,
        ["System.Int32 System.BitConverter::ToInt32(System.Byte[],System.Int32)"] = 975,
        // Reads twice as many octets; the rest is the same.
        ["System.Int64 System.BitConverter::ToInt64(System.Byte[],System.Int32)"] = 985,
        ["System.UInt16 System.BitConverter::ToUInt16(System.Byte[],System.Int32)"] = 975,
        ["System.Void System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray(System.Array,System.RuntimeFieldHandle)"] = 1000,
        ["System.Void System.Threading.Monitor::Enter(System.Object,System.Boolean&)"] = 1200,
        ["System.Void System.Threading.Monitor::Exit(System.Object)"] = 1200,
    };

    /// <summary>The cost of a call that does nothing.</summary>
    /// <param name="fullName">Return type, type, name and parameters.</param>
    /// <param name="cost">Host instructions.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryGet(string fullName, out int cost) => Table.TryGetValue(fullName, out cost);
}
