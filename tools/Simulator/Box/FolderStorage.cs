using System;
using System.IO;
using System.Linq;
using Appliance.Firmware;
using Appliance.Simulator.Faults;

namespace Appliance.Simulator.Box;

/// <summary>The storage of a simulated box: a folder that stands for <c>I:\</c>. Faults cut a write short, tear it, or leave no
/// room.</summary>
internal sealed class FolderStorage : IStorage
{
    /// <summary>Octets of the device's file system, of a block of it, and of the largest file that littlefs keeps in the folder
    /// itself.</summary>
    private const long Size = 256 * 1024;
    private const long Block = 4096;
    private const long MostInFolder = 512;

    private static readonly string[] None = [];

    private readonly string _root;
    private readonly StorageFaults _faults;

    /// <summary>Opens a folder, and makes it where there is none.</summary>
    /// <exception cref="ReplayException">It can't be made or is no folder.</exception>
    public FolderStorage(string root, StorageFaults faults)
    {
        _root = root;
        _faults = faults;
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw new ReplayException($"can't use {root} as the box's storage: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(PathOf(path));

    /// <inheritdoc/>
    public long LengthOf(string path) => Try(() => new FileInfo(PathOf(path)).Length, -1);

    /// <inheritdoc/>
    public int Read(string path, int from, byte[] into) => Try(
        () =>
        {
            using FileStream file = File.OpenRead(PathOf(path));
            file.Seek(from, SeekOrigin.Begin);
            return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        },
        -1);

    /// <inheritdoc/>
    public bool Write(string path, byte[] head, byte[] body) => Try(
        () =>
        {
            byte[] octets = [.. head, .. body];
            int length = octets.Length;
            int written = _faults.Written(length);
            if (written < 0)
            {
                return false;
            }

            if (written < length)
            {
                if (!_faults.IsTorn)
                {
                    // As littlefs: what was not closed never was.
                    throw _faults.Cut($"{path}: the power failed during the write, as --fault-storage asks");
                }

                File.WriteAllBytes(PathOf(path), octets.AsSpan(0, written).ToArray());
                throw _faults.Cut($"{path}: the power failed after {written} of {length} octets, as --fault-storage asks");
            }

            File.WriteAllBytes(PathOf(path), octets);
            return true;
        },
        false);

    /// <inheritdoc/>
    public bool Delete(string path) => Try(
        () =>
        {
            _faults.Step(path);
            File.Delete(PathOf(path));
            return true;
        },
        false);

    /// <inheritdoc/>
    public bool Move(string from, string to) => Try(
        () =>
        {
            _faults.Step(from);
            File.Move(PathOf(from), PathOf(to), overwrite: false);
            return true;
        },
        false);

    /// <inheritdoc/>
    public long Free() => Try(
        () => Size - new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(BlocksOf),
        -1);

    /// <inheritdoc/>
    public string[] List(string folder) => Try(
        () =>
        {
            string path = PathOf(folder);
            return Directory.Exists(path)
                ? [.. Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(file =>
                    folder + "\\" + Path.GetFileName(file))]
                : None;
        },
        None);

    private static long BlocksOf(FileInfo file) => file.Length <= MostInFolder ? 0 : (file.Length + Block - 1) / Block * Block;

    private static T Try<T>(Func<T> what, T otherwise)
    {
        try
        {
            return what();
        }
        catch (Exception e) when (IsExpected(e))
        {
            return otherwise;
        }
    }

    private static bool IsExpected(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private string PathOf(string path) => Path.Combine(_root, path.Replace('\\', Path.DirectorySeparatorChar));
}
