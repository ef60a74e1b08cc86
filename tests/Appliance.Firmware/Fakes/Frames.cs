using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Frames for a box.</summary>
internal static class Frames
{
    public const string Actor = "203.0.113.66";

    private const long Second = 1_000_000;

    /// <summary>A SYN into the VLAN.</summary>
    public static byte[] Syn(string source, int host, int port, int number) =>
        new Ip(source, $"128.231.212.{host}").Tcp(1024 + (number % 60000), port, "S", number);

    /// <summary>A sweep of one port over hosts, ten a second.</summary>
    /// <returns>When the last frame comes.</returns>
    public static long Sweep(FakePort port, long start, string source = Actor, int service = 31337, int hosts = 40)
    {
        for (int i = 0; i < hosts; i++)
        {
            port.Add(start + (i * Second / 10), Syn(source, 1 + i, service, i));
        }

        return start + (hosts * Second / 10);
    }

    /// <summary>Incidents as told: kind, source, port and final count, without times.</summary>
    public static string[] Incidents(IEnumerable<Said> said) =>
        [.. said.Where(s => s["state"] == "closed" && s["id"].Length > 0).Select(s =>
            $"{s["id"]} {s.Kind} {s["src"]} {s["dport"]} {s["dsts"]} {s["frames"]}")];
}
