namespace Appliance.Sensor.Signatures;

/// <summary>Whether two tables number the home network's addresses alike, so that what is known of its hosts outlives a change of tables.</summary>
public sealed partial class SignatureTable
{
    /// <summary>The IPv4 home ranges of both tables are the same.</summary>
    /// <param name="other">Another loaded table.</param>
    public bool HasSameHome(SignatureTable other)
    {
        int many = _many[_home];
        if (other._many[other._home] != many)
        {
            return false;
        }

        int first = _first[_home];
        int otherFirst = other._first[other._home];
        for (int i = 0; i < many; i++)
        {
            if (_low[first + i] != other._low[otherFirst + i] || _high[first + i] != other._high[otherFirst + i])
            {
                return false;
            }
        }

        return true;
    }
}
