using System;
using System.IO;
using System.Text;

namespace Appliance.Collector;

/// <summary>The files that the program carries.</summary>
internal static class Resource
{
    /// <summary>Reads one.</summary>
    /// <param name="name">Its name.</param>
    public static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
