using System;
using System.Runtime.InteropServices;
using SharpPcap.LibPcap;

namespace Appliance.Simulator.Box;

/// <summary>
/// How many frames the kernel dropped for want of room. Asked of libpcap itself: SharpPcap takes the three 32-bit counters of its
/// <c>pcap_stat</c> for 64-bit ones on Linux, and gives another counter for this one.
/// </summary>
internal sealed class KernelDrops
{
    // struct pcap_stat: ps_recv, ps_drop, ps_ifdrop; on Windows three more.
    private const int Dropped = 1;

    private static readonly string[] Libraries = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so", "libpcap.dylib", "wpcap"];

    private readonly uint[] _counters = new uint[8];
    private readonly Statistics? _ask;
    private uint _before;

    public KernelDrops()
    {
        foreach (string name in Libraries)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "pcap_stats", out nint function))
            {
                _ask = Marshal.GetDelegateForFunctionPointer<Statistics>(function);
                return;
            }
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Statistics(nint capture, [Out] uint[] counters);

    /// <summary>All of them so far, however often the interface was opened.</summary>
    public long Total { get; private set; }

    /// <summary>Looks again.</summary>
    /// <returns>False when libpcap can't tell: the interface does not work.</returns>
    public bool Look(PcapDevice device)
    {
        if (_ask is null)
        {
            return true;
        }

        if (_ask(device.Handle.DangerousGetHandle(), _counters) != 0)
        {
            return false;
        }

        // The counter has 32 bits and turns over.
        Total += _counters[Dropped] - _before;
        _before = _counters[Dropped];
        return true;
    }

    /// <summary>The interface was opened again: its counter begins anew.</summary>
    public void Reopened() => _before = 0;
}
