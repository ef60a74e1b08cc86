using System.Runtime.CompilerServices;

namespace Appliance.MirrorPort;

/// <summary>
/// The managed face of the native hook that owns the Ethernet MAC: frames out of its ring, the interest mask into it, and the
/// few things
/// of the chip that nanoFramework has no API for. All members are native and none allocates. One thread calls them.
/// </summary>
/// <remarks>
/// Order and signatures of the members make up the native method table (native/interop/Appliance_MirrorPort.cpp) and its
/// checksum: who changes a
/// member regenerates both, as README.md says. No other class of this assembly may have a method.
/// </remarks>
public static class MirrorHook
{
    /// <summary>Octets of a slot in the ring; no more of a frame is copied.</summary>
    public const int SlotOctets = 128;

    /// <summary>
    /// Starts the Ethernet MAC in promiscuous mode, without a network interface and with its transmitter off, and makes the
    /// ring. Until
    /// <see cref="SetInterest"/> every frame is kept. Called again it does nothing.
    /// </summary>
    /// <param name="slots">Slots of the ring: 16 to 4096; one takes 144 octets of native memory.</param>
    /// <returns>0, or a constant of <see cref="HookProblem"/>.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Open(int slots);

    /// <summary>Takes frames out of the ring, oldest first, into parallel arrays. Doesn't wait.</summary>
    /// <param name="bytes">Gets <see cref="SlotOctets"/> octets a frame; those behind the captured ones are zero.</param>
    /// <param name="words">
    /// Gets 16 numbers a frame: its first 62 octets in network byte order, number k holding octets 4k-2 to 4k+1, so that IP,
    /// TCP and UDP
    /// fields stand at a word's edge. The upper half of number 0 is zero.
    /// </param>
    /// <param name="lengths">
    /// Gets one number a frame: bits 0 to 15 octets on the wire without the frame check sequence, bits 16 to 23 octets
    /// captured, bit 24
    /// set when the frame was kept only as a sign of life.
    /// </param>
    /// <param name="stamps">Gets microseconds since the chip started, at which the MAC handed the frame over; never going
    /// back.</param>
    /// <param name="max">Frames to take at most.</param>
    /// <returns>
    /// How many were taken, or <see cref="HookProblem.Arrays"/> when an array is too short for <paramref name="max"/>. Null
    /// throws, as for all
    /// arrays here.
    /// </returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int ReadBatch(byte[] bytes, int[] words, int[] lengths, long[] stamps, int max);

    /// <summary>
    /// Puts a table's interest mask into use, at once and without losing a frame: while it is expanded every frame is kept.
    /// </summary>
    /// <param name="table">The octets of a table that was accepted.</param>
    /// <param name="at">Offset of section 11: 32 octets of flag bits, the rate in 2, then 4 a port range (first, last).</param>
    /// <param name="ranges">How many port ranges.</param>
    /// <param name="openingsAt">Offset of section 16, 22 octets an opening.</param>
    /// <param name="openings">How many openings, 0 to 40.</param>
    /// <returns>0; <see cref="HookProblem.Arrays"/> when they reach behind the array, <see cref="HookProblem.Ranges"/> when
    /// a range goes backwards, <see cref="HookProblem.Openings"/> when an opening is wrong: the mask in use stays.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int SetInterest(byte[] table, int at, int ranges, int openingsAt, int openings);

    /// <summary>Reads a counter.</summary>
    /// <param name="which">A constant of <see cref="HookCounter"/>.</param>
    /// <returns>Its value since <see cref="Open"/>; -1 for a number that is none.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long Counter(int which);

    /// <summary>Whether the PHY has a link. Asks what the driver saw last, at most two seconds ago.</summary>
    /// <returns>True with a link.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern bool LinkUp();

    /// <summary>
    /// Stops the MAC and starts it again with an empty receive ring and the transmitter off; for a receiver that stalled. It
    /// is done soon
    /// after the call, within milliseconds, in which frames are lost; called again within two minutes it negotiates the link
    /// anew, which takes
    /// some seconds. The ring, the mask and the counters stay.
    /// </summary>
    /// <returns>0, or a constant of <see cref="HookProblem"/>.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int ResetReceiver();

    /// <summary>
    /// Checks an ECDSA signature over the curve P-256 and SHA-256 (FIPS 186-5). Takes about a tenth of a second on an ESP32.
    /// </summary>
    /// <param name="octets">What was signed, from its first octet.</param>
    /// <param name="length">How many octets were signed.</param>
    /// <param name="publicKey">The key: X and Y, 32 octets each, big-endian.</param>
    /// <param name="signature">Holds the signature: r and s, 32 octets each, big-endian (IEEE P1363). May be <paramref
    /// name="octets"/>.</param>
    /// <param name="at">Offset of the signature.</param>
    /// <returns>True only when it is that key's signature over these octets; false for arguments that make no sense,
    /// too.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern bool CheckSignature(byte[] octets, int length, byte[] publicKey, byte[] signature, int at);

    /// <summary>Whether octets are a public key: a point of the curve P-256 (SP 800-56A 5.6.2.3.3).</summary>
    /// <param name="octets">Holds X and Y, 32 octets each, big-endian.</param>
    /// <param name="at">Where X begins.</param>
    /// <returns>False for arguments that make no sense, too.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern bool IsPublicKey(byte[] octets, int at);

    /// <summary>SHA-256 (FIPS 180-4) of octets: nanoFramework has no class for it, and key ids are made of it.</summary>
    /// <param name="octets">What is hashed.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">How many octets.</param>
    /// <param name="hash">Gets the 32 octets of the hash.</param>
    /// <returns>True when <paramref name="hash"/> was written; false for arguments that make no sense.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern bool Hash(byte[] octets, int at, int length, byte[] hash);

    /// <summary>
    /// Starts the chip's task watchdog for the calling thread's interpreter: without <see cref="WatchdogFeed"/> for so long
    /// the chip
    /// restarts, with <see cref="ResetCause.TaskWatchdog"/>. Called again it changes the time. It ends with the program, and is fed while a
    /// debugger holds that.
    /// </summary>
    /// <param name="milliseconds">From 1000 to 60000.</param>
    /// <returns>0, or a constant of <see cref="HookProblem"/>.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WatchdogStart(int milliseconds);

    /// <summary>Tells the watchdog that the loop lives. Without <see cref="WatchdogStart"/> it does nothing.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WatchdogFeed();

    /// <summary>Why the chip started.</summary>
    /// <returns>A constant of <see cref="ResetCause"/>.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int ResetReason();

    /// <summary>Free space of the file system that nanoFramework shows as <c>I:\</c>.</summary>
    /// <returns>Octets; -1 when there is none.</returns>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long FreeStorage();
}
