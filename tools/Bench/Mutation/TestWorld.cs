using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace Appliance.Bench.Mutation;

/// <summary>
/// A world in the process with its own copy of the assembly under test and of all that refers to it, test assemblies included, so
/// that nothing static outlives a mutant. Libraries are shared.
/// </summary>
internal sealed class TestWorld : AssemblyLoadContext
{
    private readonly string _target;
    private readonly byte[] _image;
    private readonly Dictionary<string, string> _own = [];
    private readonly List<AssemblyDependencyResolver> _resolvers;

    /// <summary>Makes a world.</summary>
    /// <param name="target">Name of the assembly under test.</param>
    /// <param name="image">Its octets.</param>
    /// <param name="tests">The test assemblies' files.</param>
    public TestWorld(string target, byte[] image, IReadOnlyList<string> tests)
        : base("tests", isCollectible: true)
    {
        _target = target;
        _image = image;
        _resolvers = [.. tests.Select(t => new AssemblyDependencyResolver(t))];
        foreach (string test in tests)
        {
            Collect(test);
        }
    }

    /// <summary>A field of the switch in the assembly under test.</summary>
    /// <param name="name">The field's name.</param>
    public FieldInfo Field(string name) =>
        LoadFromAssemblyName(new AssemblyName(_target)).GetType(MutantSwitch.Name, throwOnError: true)!.GetField(name)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == _target)
        {
            return LoadFromStream(new MemoryStream(_image));
        }

        if (_own.TryGetValue(assemblyName.Name!, out string? path))
        {
            return LoadFromAssemblyPath(path);
        }

        foreach (AssemblyDependencyResolver resolver in _resolvers)
        {
            string? library = resolver.ResolveAssemblyToPath(assemblyName);
            if (library is not null)
            {
                return Default.Assemblies.FirstOrDefault(a => a.GetName().Name == assemblyName.Name)
                    ?? Default.LoadFromAssemblyPath(library);
            }
        }

        return null;
    }

    // Whether an assembly of a test's folder refers to the one under test, and so belongs to this world.
    private bool Collect(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (name == _target || _own.ContainsKey(name))
        {
            return true;
        }

        using var module = ModuleDefinition.ReadModule(path);
        bool isOwn = false;
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
        {
            string file = Path.Combine(Path.GetDirectoryName(path)!, reference.Name + ".dll");
            isOwn |= File.Exists(file) && Collect(file);
        }

        if (isOwn)
        {
            _own[name] = path;
        }

        return isOwn;
    }
}
