namespace Appliance.Firmware;

/// <summary>
/// The files of the box, root <c>I:\</c>, as nanoFramework's System.IO offers them. A file counts only when it is closed: a write
/// that power cuts short may leave the old file, a part of the new one, or none. Nothing here throws: what fails says so by its
/// result.
/// </summary>
public interface IStorage
{
    /// <summary>A file is there.</summary>
    /// <param name="path">Below the root, such as <c>inbox\new.sigtab</c>.</param>
    bool Exists(string path);

    /// <summary>Octets of a file; -1 when it can't be read.</summary>
    /// <param name="path">The file.</param>
    long LengthOf(string path);

    /// <summary>Reads a piece of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">Where the piece begins, in octets from the file's beginning.</param>
    /// <param name="into">Takes as much of the file behind that as there is room for.</param>
    /// <returns>Octets read, 0 behind the file's end; -1 when it can't be read.</returns>
    int Read(string path, int from, byte[] into);

    /// <summary>Writes a file and closes it, over what was there. It comes from two arrays, since there is no room for a table
    /// twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its first octets.</param>
    /// <param name="body">Those behind them.</param>
    /// <returns>False when it failed, as for want of room; what is in the file then is not known.</returns>
    bool Write(string path, byte[] head, byte[] body);

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>False when it is still there.</returns>
    bool Delete(string path);

    /// <summary>Renames a file; refuses to replace one.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new path.</param>
    /// <returns>False when nothing was renamed.</returns>
    bool Move(string from, string to);

    /// <summary>
    /// Octets that are free. Asked for each second, so it takes no memory; another number than before when a file of a block or
    /// more came or went.
    /// </summary>
    /// <returns>-1 where nobody knows.</returns>
    long Free();

    /// <summary>The paths of the files in a folder.</summary>
    /// <param name="folder">The folder, such as <c>inbox</c>.</param>
    /// <returns>None when there is no such folder. The same empty array each time, where possible: it is asked for
    /// often.</returns>
    string[] List(string folder);
}
