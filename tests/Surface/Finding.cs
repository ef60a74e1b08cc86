namespace Appliance.Surface.Tests;

/// <summary>A place in an assembly that the device can't run as written.</summary>
/// <param name="Construct">A constant of <see cref="Appliance.Surface.Tests.Construct"/>.</param>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Type">The type it stands in; empty for the assembly as a whole.</param>
/// <param name="Method">The member it stands in; empty for the type as a whole.</param>
/// <param name="Place">IL offset and, where symbols are there, file and line.</param>
/// <param name="Why">What is wrong, and what the device would do.</param>
internal sealed record Finding(string Construct, string Assembly, string Type, string Method, string Place, string Why)
{
    public override string ToString()
    {
        string where = Type.Length == 0 ? Assembly : $"{Assembly}: {Type}";
        if (Method.Length != 0)
        {
            where += "::" + Method;
        }

        return Place.Length == 0 ? $"{where}: {Construct}: {Why}" : $"{where} {Place}: {Construct}: {Why}";
    }
}
