namespace Appliance.Sensor.Signatures;

/// <summary>
/// Which signature of one table is which of another, so that what is known of a signature outlives a change of tables.
/// </summary>
public sealed partial class SignatureTable
{
    /// <summary>The signature with the same generator and sid as one of another table.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="signature">The signature's index there.</param>
    /// <returns>Its index here, -1 when there is none.</returns>
    public int SameSignature(SignatureTable other, int signature)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Sid(i) == other.Sid(signature) && Gid(i) == other.Gid(signature))
            {
                return i;
            }
        }

        return -1;
    }
}
