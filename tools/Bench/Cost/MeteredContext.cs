using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Appliance.Playback;

namespace Appliance.Bench.Cost;

/// <summary>
/// A second world in the process in which some assemblies are the instrumented ones, and this program another copy of itself that
/// uses them. Nothing but the library's own types passes between the worlds.
/// </summary>
internal sealed class MeteredContext : AssemblyLoadContext
{
    private readonly IReadOnlyDictionary<string, byte[]> _images;
    private readonly Assembly _program = typeof(MeteredContext).Assembly;
    private readonly Assembly _slots = typeof(SlotMaking).Assembly;

    /// <summary>Instruments assemblies and makes a world for them.</summary>
    /// <param name="names">The assemblies' names, without <c>.dll</c>; their files stand beside this program.</param>
    /// <param name="plan">What their numbers mean; <see cref="Meter.Use"/> of the world's own copy wants it.</param>
    public MeteredContext(IReadOnlyList<string> names, out MeterPlan plan)
        : base(nameof(MeteredContext))
    {
        _images = Instrumenter.Instrument([.. names.Select(n => Path.Combine(AppContext.BaseDirectory, n + ".dll"))], out plan);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is { } name && _images.TryGetValue(name, out byte[]? image))
        {
            return LoadFromStream(new MemoryStream(image));
        }

        // Copies of the program and of what makes its slots, which see this world's assemblies; everything else is shared.
        return assemblyName.Name == _program.GetName().Name ? LoadFromAssemblyPath(_program.Location)
            : assemblyName.Name == _slots.GetName().Name ? LoadFromAssemblyPath(_slots.Location) : null;
    }

    /// <summary>This program's copy in this world.</summary>
    public Type CopyOf(Type type)
    {
        Assembly copy = LoadFromAssemblyName(_program.GetName());
        return copy.GetType(type.FullName!, throwOnError: true)!;
    }
}
