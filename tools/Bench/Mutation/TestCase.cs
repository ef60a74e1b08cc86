using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Appliance.Bench.Mutation;

/// <summary>
/// One test method with its rows, found by the names of MSTest's attributes and run without its host, which starts too slowly.
/// </summary>
internal sealed class TestCase
{
    private readonly MethodInfo _method;
    private readonly MethodInfo? _prepare;
    private readonly MethodInfo? _clean;

    private TestCase(MethodInfo method)
    {
        _method = method;
        MethodInfo[] all = method.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
        _prepare = all.FirstOrDefault(m => Has(m, "TestInitializeAttribute"));
        _clean = all.FirstOrDefault(m => Has(m, "TestCleanupAttribute"));
    }

    /// <summary>Class and method.</summary>
    public string Name => _method.DeclaringType!.FullName + "." + _method.Name;

    /// <summary>The tests of an assembly.</summary>
    /// <param name="assembly">A test assembly.</param>
    public static IEnumerable<TestCase> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.IsAbstract && type.GetCustomAttributes().Any(a => a.GetType().Name == "TestClassAttribute")
        from method in type.GetMethods()
        where Has(method, "TestMethodAttribute") && !Has(method, "IgnoreAttribute")
        select new TestCase(method);

    /// <summary>Runs the test with each of its rows.</summary>
    /// <returns>Null where it passes, else what the first failing row says.</returns>
    public string? Run()
    {
        try
        {
            foreach (object?[]? row in Rows())
            {
                object? instance = Activator.CreateInstance(_method.DeclaringType!);
                _prepare?.Invoke(instance, null);
                object? result = _method.Invoke(instance, row);
                (result as Task)?.GetAwaiter().GetResult();
                _clean?.Invoke(instance, null);
                (instance as IDisposable)?.Dispose();
            }

            return null;
        }
        catch (Exception e)
        {
            Exception inner = e is TargetInvocationException { InnerException: { } cause } ? cause : e;
            // MSTest says so of a test whose tool is absent.
            return inner.GetType().Name == "AssertInconclusiveException" ? null : inner.GetType().Name + ": " + inner.Message;
        }
    }

    private IEnumerable<object?[]?> Rows()
    {
        bool any = false;
        foreach (Attribute attribute in _method.GetCustomAttributes())
        {
            MethodInfo? get = attribute.GetType().GetMethod("GetData", [typeof(MethodInfo)]);
            if (get is null)
            {
                continue;
            }

            any = true;
            foreach (object?[]? row in (IEnumerable<object?[]?>)get.Invoke(attribute, [_method])!)
            {
                yield return row;
            }
        }

        if (!any)
        {
            yield return null;
        }
    }

    private static bool Has(MethodInfo method, string attribute) =>
        method.GetCustomAttributes().Any(a => a.GetType().Name == attribute || a.GetType().BaseType?.Name == attribute);
}
