namespace Appliance.Sensor.Signatures;

/// <summary>
/// Whether two tables number the home network's addresses alike, so that what is known of its hosts outlives a change of tables.
/// </summary>
public sealed partial class SignatureTable
{
    /// <summary>The IPv4 home ranges of both tables are the same.</summary>
    /// <param name="other">Another loaded table.</param>
    public bool HasSameHome(SignatureTable other)
    {
        return IsSame(FirstOf(_home), ManyOf(_home), other);
    }

    // Ranges of this table are the home ranges of one, which may be this one too.
    private bool IsSame(int first, int many, SignatureTable other)
    {
        int home = other.FirstOf(other._home);
        bool isSame = many == other.ManyOf(other._home);
        for (int i = 0; isSame && i < many; i++)
        {
            isSame = _low[first + i] == other._low[home + i] && _high[first + i] == other._high[home + i];
        }

        return isSame;
    }
}
