using System;
using Appliance.Playback;

namespace Appliance.Simulator.Box;

/// <summary>Looks at every frame that reaches a simulated mirror port, those included that are counted and not copied.</summary>
internal interface IFrameWatch
{
    /// <summary>Looks at a frame.</summary>
    /// <param name="frame">Its octets, unwrapped.</param>
    /// <param name="interest">What becomes of it.</param>
    /// <param name="wireLength">Octets that it had on the wire.</param>
    /// <param name="number">Its number, from 1 over all captures.</param>
    void See(ReadOnlySpan<byte> frame, Interest interest, int wireLength, long number);
}
