using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace Appliance.Bench.Cost;

/// <summary>
/// A second world in the process in which one assembly is the instrumented one, and this program another copy of itself that
/// uses it. Nothing but the library's own types passes between the worlds.
/// </summary>
internal sealed class MeteredContext : AssemblyLoadContext
{
    private readonly string _instrumented;
    private readonly byte[] _image;
    private readonly Assembly _program = typeof(MeteredContext).Assembly;

    /// <summary>Instruments an assembly and makes a world for it.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="plan">What its numbers mean; <see cref="Meter.Use"/> of the world's own copy wants it.</param>
    public MeteredContext(string path, out MeterPlan plan)
        : base(nameof(MeteredContext))
    {
        _instrumented = Path.GetFileNameWithoutExtension(path);
        _image = Instrumenter.Instrument(path, out plan);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == _instrumented)
        {
            return LoadFromStream(new MemoryStream(_image));
        }

        // A copy of the program that sees this world's assembly; everything else is shared.
        return assemblyName.Name == _program.GetName().Name ? LoadFromAssemblyPath(_program.Location) : null;
    }

    /// <summary>This program's copy in this world.</summary>
    public Type CopyOf(Type type)
    {
        Assembly copy = LoadFromAssemblyName(_program.GetName());
        return copy.GetType(type.FullName!, throwOnError: true)!;
    }
}
