using System;
using System.IO;
using Appliance.MirrorPort;

namespace Appliance.Firmware.Device;

/// <summary>The files of the box by nanoFramework's System.IO: littlefs, which commits when a file is closed.</summary>
public sealed class FlashStorage : IStorage
{
    private static readonly string[] None = new string[0];

    private readonly string _root;

    /// <summary>Makes the box's storage.</summary>
    /// <param name="root">Its root, <c>I:\</c> on the device.</param>
    public FlashStorage(string root)
    {
        _root = root;
        try
        {
            if (!Directory.Exists(_root + Tables.TableStore.Inbox))
            {
                // nanoff does not make folders.
                Directory.CreateDirectory(_root + Tables.TableStore.Inbox);
            }
        }
        catch (Exception)
        {
            // What can't be made is told by the self-test, which writes.
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        try
        {
            return File.Exists(_root + path);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public long LengthOf(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(_root + path, FileMode.Open, FileAccess.Read);
            return file.Length;
        }
        catch (Exception)
        {
            return -1;
        }
        finally
        {
            Close(file);
        }
    }

    /// <inheritdoc/>
    public int Read(string path, int from, byte[] into)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(_root + path, FileMode.Open, FileAccess.Read);
            if (from != 0)
            {
                file.Seek(from, SeekOrigin.Begin);
            }

            int done = 0;
            int read = 1;
            while (done < into.Length && read > 0)
            {
                read = file.Read(into, done, into.Length - done);
                done += read;
            }

            return done;
        }
        catch (Exception)
        {
            return -1;
        }
        finally
        {
            Close(file);
        }
    }

    /// <inheritdoc/>
    public bool Write(string path, byte[] head, byte[] body)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(_root + path, FileMode.Create, FileAccess.Write);
            file.Write(head, 0, head.Length);
            if (body.Length != 0)
            {
                file.Write(body, 0, body.Length);
            }

            // It is written when it is closed, and not before.
            file.Close();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            Close(file);
        }
    }

    /// <inheritdoc/>
    public bool Delete(string path)
    {
        try
        {
            File.Delete(_root + path);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Move(string from, string to)
    {
        try
        {
            File.Move(_root + from, _root + to);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public long Free()
    {
        return MirrorHook.FreeStorage();
    }

    /// <inheritdoc/>
    public string[] List(string folder)
    {
        try
        {
            string[] files = Directory.GetFiles(_root + folder);
            if (files.Length == 0)
            {
                return None;
            }

            for (int i = 0; i < files.Length; i++)
            {
                files[i] = files[i].Substring(_root.Length);
            }

            return files;
        }
        catch (Exception)
        {
            return None;
        }
    }

    // A file that failed and stays open could not be opened or deleted again.
    private void Close(FileStream? file)
    {
        try
        {
            if (file != null)
            {
                file.Close();
            }
        }
        catch (Exception)
        {
            // Whoever used it has been told already.
        }
    }
}
