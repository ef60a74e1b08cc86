using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;

namespace Appliance.MirrorPort.Tests;

/// <summary>The native method table of the hook's face, as nanoFramework's metadata processor makes it from a compiled
/// one.</summary>
internal static class NativeMethods
{
    private const string Assembly = "Appliance.MirrorPort";
    private const string Class = "Appliance_MirrorPort_MirrorHook";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["System.Void"] = "VOID",
        ["System.Boolean"] = "BOOLEAN",
        ["System.Byte"] = "U1",
        ["System.Int32"] = "I4",
        ["System.Int64"] = "I8",
    };

    /// <summary>The methods in their order.</summary>
    public static List<MethodDefinition> Of(ModuleDefinition face) =>
        [.. face.Types.Single(type => type.Name == "MirrorHook").Methods];

    /// <summary>The name of a method's native side.</summary>
    public static string StubOf(MethodDefinition method) => method.Name + "___STATIC__"
        + string.Join("__", method.Parameters.Select(parameter => parameter.ParameterType)
            .Prepend(method.ReturnType).Select(NameOf));

    /// <summary>
    /// The checksum by which an image knows them: CRC-32, highest bit first, from 0 and without a last inversion, over assembly,
    /// class and stub name of each; until the first one is done it begins at 0 each time.
    /// </summary>
    public static uint Checksum(IEnumerable<MethodDefinition> methods)
    {
        uint checksum = 0;
        bool isFirst = true;
        foreach (MethodDefinition method in methods)
        {
            foreach (string part in new[] { Assembly, Class, StubOf(method) })
            {
                checksum = Crc32(part, isFirst ? 0 : checksum);
            }

            isFirst = false;
        }

        return checksum;
    }

    private static string NameOf(TypeReference type) =>
        type is ArrayType array ? "SZARRAY_" + NameOf(array.ElementType) : Names[type.FullName];

    private static uint Crc32(string text, uint checksum)
    {
        foreach (byte octet in Encoding.ASCII.GetBytes(text))
        {
            checksum ^= (uint)octet << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum << 1) ^ ((checksum & 0x80000000) != 0 ? 0x04c11db7u : 0);
            }
        }

        return checksum;
    }
}
