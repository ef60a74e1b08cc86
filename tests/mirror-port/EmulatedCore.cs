using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>
/// The hook's core, built for an Xtensa core and run on QEMU's. LX106 is the ESP8266's: the ESP32's family without its register
/// windows, and the one for which Debian has a compiler.
/// </summary>
internal static class EmulatedCore
{
    // nf-interpreter's flags, then what stands in for a C library and an operating system.
    private static readonly string[] Flags =
    [
        "-std=gnu++17", "-fno-builtin", "-fno-common", "-fno-exceptions", "-fcheck-new", "-fshort-wchar", "-mlongcalls",
        "-mtext-section-literals", "-ffunction-sections", "-fno-rtti", "-fno-threadsafe-statics", "-fno-tree-loop-distribute-patterns",
        "-Wall", "-Wextra", "-Werror", "-nostdlib",
    ];

    private static readonly Lazy<string> Program = new(Build);

    /// <summary>Runs commands on the emulated core; a clock that counts its instructions makes each run the same.</summary>
    /// <param name="input">A file of commands (<see cref="CoreInput"/>).</param>
    /// <returns>What the program wrote.</returns>
    public static string Run(string input)
    {
        (int code, string output) = NativeBuild.RunWith(
            input, "qemu-system-xtensa", "-M", "sim", "-cpu", "lx106", "-semihosting", "-display", "none", "-monitor", "none",
            "-serial", "none", "-icount", "shift=10", "-kernel", Program.Value);
        Assert.AreEqual(0, code, output);
        return output;
    }

    private static string Build()
    {
        string native = Repository.PathOf("hardware", "mirror-port", "native");
        string here = Repository.PathOf("tests", "mirror-port", "emulated");
        string folder = Repository.PathOf("tests", "mirror-port", "obj", "native", "xtensa");
        Directory.CreateDirectory(folder);

        // All of the core but the table check, which needs mbedTLS and runs once a table; -O2 as the Find module has it for them.
        string[] sources = [.. Directory.GetFiles(Path.Combine(native, "core"), "*.cpp")
            .Where(file => Path.GetFileName(file) != "TableCheck.cpp"),
            .. new[] { "RunCore.cpp", "EmulatedHost.cpp", "Library.cpp", "Start.S" }.Select(file => Path.Combine(here, file))];
        string program = Path.Combine(folder, "run_core");
        (int code, string output) = NativeBuild.Run("xtensa-lx106-elf-g++",
            [.. Flags, "-O2", "-mno-serialize-volatile", "-I" + Path.Combine(here, "include"), "-I" + native, "-T", Path.Combine(here, "Layout.ld"), .. sources,
            "-lgcc", "-o", program]);
        Assert.AreEqual(0, code, output);
        return program;
    }
}
