using System;
using System.Collections.Generic;
using Appliance.Firmware;
using Appliance.Firmware.Device;
using Appliance.Sensor.Signatures;

namespace Appliance.Simulator;

/// <summary>
/// What the program takes of each board's memory, and what is left. The managed heap's part is counted over the program's
/// objects; native parts are the hook's own figures and ESP-IDF's.
/// </summary>
internal static class BoardMemory
{
    /// <summary>
    /// Managed heap of an ESP32 without PSRAM: the largest block of internal memory that is free when nanoFramework starts, seen
    /// on an emulated ESP32 in an image with the hook.
    /// </summary>
    private const int ManagedHeap = 108 * 1024;

    /// <summary>Managed heap with 4 MB of PSRAM: the largest free block less 256 KB.</summary>
    private const int ManagedHeapWithPsram = (4096 - 256) * 1024;

    /// <summary>
    /// What nanoFramework leaves to ESP-IDF without PSRAM: on an emulated ESP32 58,572 octets were free at the least, beside a
    /// ring of 128 slots, 30 receive buffers of 512 octets and the other parts below.
    /// </summary>
    private const int NativeReserve = 58_572 + (128 * DeviceMemory.RingSlotOctets) + 8_500 + 17_408 + ReceiveStack + Network;

    /// <summary>With PSRAM: all internal memory, and what nanoFramework leaves of the PSRAM.</summary>
    private const int NativeReserveWithPsram = ManagedHeap + NativeReserve + (256 * 1024);

    /// <summary>
    /// Type tables of all assemblies (17 KB), statics and the loop's stack: what the interpreter, with nanoFramework's own
    /// libraries and a heap of <see cref="ManagedHeap"/>, lacked of it at the start of the program.
    /// </summary>
    private const int Runtime = 21_300;

    /// <summary>The adapters to hook, light, clock, storage and uplink, as the interpreter counted them.</summary>
    private const int Adapters = 1_800;

    /// <summary>Expanded interest mask, counters, sampled connections and places of copies (hardware/mirror-port).</summary>
    private const int Mask = 11_584;

    /// <summary>Stack of the receive task (hardware/mirror-port).</summary>
    private const int ReceiveStack = 4_096;

    /// <summary>240 receive and 3 transmit buffers of 96 octets, each with 44 of descriptor, pointer and the heap's own words,
    /// and that stack.</summary>
    private const int Buffers = (243 * (96 + 44)) + ReceiveStack;

    /// <summary>lwIP with one UDP and one TCP connection, its task, and the driver of the uplink: ESP-IDF's own figures for its
    /// defaults.</summary>
    private const int Network = 25 * 1024;

    /// <summary>mbedTLS for one connection: records of 16 KB in and 4 KB out, the handshake, and the certificates (ESP-IDF's
    /// mbedTLS page).</summary>
    private const int Tls = 42 * 1024;

    private static readonly (string Name, string Target, bool HasPsram)[] Boards =
    [
        ("WT32-ETH01", "ESP32_WT32_ETH01", false),
        ("Olimex ESP32-POE-ISO", "ESP32_OLIMEX", false),
        ("Olimex ESP32-POE-ISO-WROVER", "ESP32_OLIMEX_WROVER", true),
    ];

    /// <summary>The table of each board.</summary>
    /// <param name="program">The program, whose objects are counted.</param>
    public static IEnumerable<(string Board, IReadOnlyList<(string Part, int Octets)> Parts)> Of(TapProgram program)
    {
        int trackers = 0;
        int table = 0;
        int lines = 0;
        int rest = 0;
        int eyes = 0;
        foreach ((string part, int octets) in DeviceMemory.Of(program, 0))
        {
            if (part is "table" or "matching")
            {
                table += octets;
            }
            else if (part is "writer")
            {
                lines += octets;
            }
            else if (part is "program.imaging" or "program.siteMemory")
            {
                eyes += octets;
            }
            else if (part.StartsWith("program", StringComparison.Ordinal))
            {
                rest += octets;
            }
            else if (part is not ("ring" or "batch"))
            {
                trackers += octets;
            }
        }

        rest -= program.Sender.Queue.Size();
        foreach ((string name, string target, bool hasPsram) in Boards)
        {
            Board board = Board.Of(target);
            int managed = hasPsram ? ManagedHeapWithPsram : ManagedHeap;
            int batch = (board.Batch * DeviceMemory.BatchSlotOctets) + 80;
            int queue = board.Queue;
            // Two tables: the one in use, and the one that is about to take its place.
            int imaging = board.HasImaging ? eyes : 0;
            // Whose tables ask for nothing that there are no eyes for.
            int tables = 2 * (board.HasImaging ? table
                : table - TableFormat.DirectoryEntry - (program.Store.Running.Openings * TableFormat.OpeningRecord));
            int used = Runtime + Adapters + trackers + lines + tables + rest + imaging + batch + queue;
            int reserve = hasPsram ? NativeReserveWithPsram : NativeReserve;
            int native = reserve - (board.Ring * DeviceMemory.RingSlotOctets) - Mask - Buffers - Network;
            yield return (name,
            [
                ("managedHeap", managed), ("runtime", Runtime), ("adapters", Adapters), ("trackers", trackers), ("lines", lines), ("tables", tables), ("program", rest),
                    ("imagingEyes", imaging),
                    ("batch", batch),
                ("queue", queue), ("managedSpare", managed - used),
                ("nativeHeap", reserve), ("ring", board.Ring * DeviceMemory.RingSlotOctets), ("interestMask", Mask),
                    ("receiveBuffers", Buffers),
                ("network", Network), ("nativeSpare", native), ("nativeSpareWithTls", native - Tls),
            ]);
        }
    }
}
