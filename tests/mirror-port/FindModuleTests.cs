using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The Find module, in a tree as README.md builds it: every source is named, and every folder of headers that
/// nf-interpreter does not give.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class FindModuleTests
{
    private const string Board = "MirrorBoard.h";

    // A tree as nf-interpreter's with the module in it, and a project that includes it.
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void CopyAsReadmeSays()
    {
        _folder = new TemporaryFolder();
        string native = Repository.PathOf("hardware", "mirror-port", "native");
        foreach (string file in Directory.GetFiles(native, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(Assembly(), Path.GetRelativePath(native, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        File.Copy(Repository.PathOf("hardware", "boards", "wt32-eth01", Board), Path.Combine(Assembly(), Board));
        File.WriteAllText(_folder.File("CMakeLists.txt"), """
            cmake_minimum_required(VERSION 3.20)
            project(image NONE)
            set(IDF_PATH_CMAKED /idf)
            include(InteropAssemblies/Appliance.MirrorPort/interop/FindINTEROP-Appliance.MirrorPort.cmake)
            set(quick)
            set(loose)
            foreach(source ${Appliance.MirrorPort_SOURCES})
                get_source_file_property(options ${source} COMPILE_OPTIONS)
                get_filename_component(name ${source} NAME)
                if("-O2" IN_LIST options)
                    list(APPEND quick ${name})
                endif()
                if("-mno-serialize-volatile" IN_LIST options)
                    list(APPEND loose ${name})
                endif()
            endforeach()
            message("sources=${Appliance.MirrorPort_SOURCES}")
            message("folders=${Appliance.MirrorPort_INCLUDE_DIRS}")
            message("quick=${quick}")
            message("loose=${loose}")
            """);
    }

    [TestCleanup]
    public void Remove() => _folder.Dispose();

    [TestMethod]
    public void Each_source_is_compiled_and_the_method_table_stands_first()
    {
        string[] sources = Value("sources");
        CollectionAssert.AreEquivalent(
            Directory.GetFiles(Assembly(), "*.cpp", SearchOption.AllDirectories), sources);
        StringAssert.EndsWith(sources[0], "Appliance_MirrorPort.cpp", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Folders_that_nf_interpreter_does_not_give_are_named()
    {
        string[] folders = Value("folders");
        CollectionAssert.Contains(folders, "/idf/components/littlefs/include", "esp_littlefs.h");
        CollectionAssert.Contains(folders, "/idf/components/hal/platform_port/include", "hal/misc.h");
        CollectionAssert.Contains(folders, Assembly(), Board);
    }

    [TestMethod]
    public void What_runs_for_each_frame_is_built_for_speed()
    {
        string[] quick =
        [
            "Copies.cpp", "FrameIntake.cpp", "InterestMask.cpp", "LossSample.cpp", "MirrorDriver.cpp", "Tunnels.cpp", "Unwrapping.cpp",
        ];
        CollectionAssert.AreEquivalent(quick, Value("quick"));
    }

    [TestMethod]
    public void What_touches_the_chips_registers_keeps_the_barriers_before_them()
    {
        string core = Path.Combine(Assembly(), "core");
        string[] loose = Value("loose");
        CollectionAssert.Contains(loose, "FrameIntake.cpp");
        Assert.IsEmpty(loose.Where(name => !File.Exists(Path.Combine(core, name))), "files of the chip part");
        Assert.IsEmpty(Directory.GetFiles(core).Where(file => File.ReadAllText(file).Contains("volatile", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_forgotten_board_is_said()
    {
        File.Delete(Path.Combine(Assembly(), Board));
        (int code, string output) = Configure();
        Assert.AreNotEqual(0, code);
        string[] words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("MirrorBoard.h is missing;", string.Join(' ', words), output);
    }

    private string Assembly() => Path.Combine(_folder.Path, "InteropAssemblies", "Appliance.MirrorPort");

    private (int Code, string Output) Configure() => NativeBuild.Run("cmake", "-S", _folder.Path, "-B", _folder.File("out"));

    private string[] Value(string name)
    {
        (int code, string output) = Configure();
        Assert.AreEqual(0, code, output);
        string line = output.Split('\n').Single(l => l.StartsWith(name + "=", StringComparison.Ordinal));
        return line[(name.Length + 1)..].Trim().Split(';');
    }
}
