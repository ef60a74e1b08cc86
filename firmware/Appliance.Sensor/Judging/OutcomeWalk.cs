namespace Appliance.Sensor.Judging;

/// <summary>
/// A sequential test over the outcomes of first contacts, in one signed octet: approximate threshold random walk (Weaver,
/// Staniford and Paxson 2004, after Jung, Paxson, Berger and Balakrishnan 2004). Each first contact moves the walk by the
/// logarithm of how much likelier its outcome is of a scanner than of a client; where it reaches the top, the actor scans.
/// </summary>
/// <remarks>
/// <para>
/// The model: of a client's first contacts one in five fails, of a scanner's four in five, each by itself. A step is then ln 4,
/// up or down. The top is Wald's ln((1 - miss) / alpha) for alpha 1e-4: 6.6 steps. It is eight, since a list of which the first
/// seven are off is ordinary; a client gets there with probability 4^-8 = 1.5e-5. At the bottom, four steps below zero (Wald's
/// ln(miss) for 0.5 % is 3.8), the walk stays rather than ends, so that a long good past does not cover a scan: the scan is found
/// twelve failures later.
/// </para>
/// <para>
/// Outwards half of what an ordinary browser or peer-to-peer client tries fails, and behind a closed firewall everything does.
/// There the model is one in two against nineteen in twenty, a step up is ln 1.9, one down 3.6 of these, and the top ln(1e4) / ln
/// 1.9 = 14.4, so fifteen.
/// </para>
/// <para>What it can not see is a scan of which most answers: that is <see cref="Memories.Acquaintances.Crowd"/>'s.</para>
/// </remarks>
public sealed class OutcomeWalk
{
    /// <summary>
    /// Where an actor is a scanner: alpha 1e-4 under the model, and an archive whose first seven modalities are off at night is
    /// none.
    /// </summary>
    public const int Top = 8;

    /// <summary>The walk goes no lower: a past of any length hides four failures at most.</summary>
    public const int Bottom = -4;

    /// <summary>Where an inside host's failures outwards have one cause: alpha 1e-4 under that model.</summary>
    public const int OutwardTop = 15;

    /// <summary>How far one answer from outside takes an inside host's walk down.</summary>
    public const int OutwardAnswer = 4;

    /// <summary>Moves a walk by a first contact.</summary>
    /// <param name="walk">Where it stands, <see cref="Bottom"/> to 127.</param>
    /// <param name="isFailure">The contact failed.</param>
    /// <param name="isOutward">From inside to outside.</param>
    /// <returns>Where it stands now.</returns>
    public int Step(int walk, bool isFailure, bool isOutward)
    {
        if (isFailure)
        {
            return walk < sbyte.MaxValue ? walk + 1 : walk;
        }

        walk -= isOutward ? OutwardAnswer : 1;
        return walk < Bottom ? Bottom : walk;
    }

    /// <summary>Whether a walk has reached its top.</summary>
    /// <param name="walk">Where it stands.</param>
    /// <param name="isOutward">From inside to outside.</param>
    public bool IsScan(int walk, bool isOutward)
    {
        return walk >= (isOutward ? OutwardTop : Top);
    }
}
