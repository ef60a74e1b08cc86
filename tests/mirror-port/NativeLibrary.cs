using Appliance.Traffic;

namespace Appliance.MirrorPort.Tests;

/// <summary>Whether the machine's compiler can use a library: a file of that name may be there for another architecture
/// only.</summary>
internal static class NativeLibrary
{
    /// <summary>Links an empty program with the library.</summary>
    /// <param name="name">As behind the linker's <c>-l</c>.</param>
    /// <param name="folder">A folder to look in before the machine's own; null for none.</param>
    /// <returns>Whether the linker took it.</returns>
    public static bool CanBeLinked(string name, string? folder = null)
    {
        using var output = new TemporaryFolder();
        string source = output.File("empty.cpp");
        System.IO.File.WriteAllText(source, "int main() { return 0; }\n");
        string[] library = folder is null ? ["-l" + name] : ["-L" + folder, "-l" + name];
        return NativeBuild.Run("g++", [source, "-o", output.File("empty"), "-Wl,--no-as-needed", .. library, "-pthread"]).Code == 0;
    }
}
