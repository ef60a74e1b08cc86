using System;
using System.Net.NetworkInformation;

namespace Appliance.Simulator.Box;

/// <summary>Whether a network interface of this machine is there, and has a link.</summary>
internal enum InterfaceState
{
    /// <summary>It has a link, or can't tell (a virtual one).</summary>
    Up,

    /// <summary>It is switched off, or its cable is out.</summary>
    Down,

    /// <summary>There is none of that name.</summary>
    Gone,
}

/// <summary>Looks at network interfaces.</summary>
internal static class Interfaces
{
    /// <summary>How an interface is now.</summary>
    /// <param name="name">Its name as libpcap has it; Windows' ends with the interface's id.</param>
    public static InterfaceState StateOf(string name)
    {
        try
        {
            foreach (NetworkInterface one in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (one.Name == name || (one.Id.Length > 0 && name.EndsWith(one.Id, StringComparison.Ordinal)))
                {
                    return one.OperationalStatus is OperationalStatus.Down or OperationalStatus.LowerLayerDown
                        or OperationalStatus.NotPresent
                        ? InterfaceState.Down
                        : InterfaceState.Up;
                }
            }

            return InterfaceState.Gone;
        }
        catch (NetworkInformationException)
        {
            // It went away while it was being looked at; the next look tells.
            return InterfaceState.Down;
        }
    }
}
