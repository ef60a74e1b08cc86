using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests.Lab;

/// <summary>
/// A small VLAN of network namespaces: a switch that floods every frame to every port, twelve hosts of which some refuse, some
/// drop and some serve, a router, an actor inside, a forger that answers with the inside actor's MAC for .180 to .209, an actor
/// outside, and a mirror port. It needs root.
/// </summary>
internal sealed class Vlan : IDisposable
{
    /// <summary>The VLAN's network, the same as that of the tests' ordinary traffic.</summary>
    public const string Net = "10.20.30.";

    /// <summary>Its network for IPv6.</summary>
    public const string Net6 = "2001:db8:20::";

    /// <summary>The actor that stands on the VLAN.</summary>
    public const string InsideActor = Net + "99";

    /// <summary>The actor beyond the router; it has .70 to .79 as well.</summary>
    public const string OutsideActor = "203.0.113.66";

    /// <summary>What each host is like, from .110 on: where its number stands in the name.</summary>
    private static readonly (int Number, string Manner)[] Hosts =
    [
        (110, "serve 22 80 104"), (111, "serve 23 445"), (112, "serve 22 80 104 443"), (113, "refuse"), (114, "drop"),
            (115, "drop"),
        (116, "drop"), (117, "reject"), (118, "serve 80 104"), (119, "refuse"), (120, "refuse"), (121, "count"),
    ];

    /// <summary>The first and the last number that scanners are pointed at: those between them without a host are off.</summary>
    private const int FirstOff = 64;

    private const int LastOff = 139;

    /// <summary>
    /// Names are looked up in the VLAN, not where this machine looks them up: <c>ip netns exec</c> has mounts of its own.
    /// </summary>
    private const string OwnNames =
        "mount --bind $TAP_TEMP/hosts /etc/hosts; mount --bind $TAP_TEMP/resolv.conf /etc/resolv.conf; ";

    /// <summary>
    /// A server says in its line which of its ports it will serve (<c>serves NAME PORT</c>), and who asks it waits for that name
    /// (<c>await NAME</c>), without a frame on the VLAN.
    /// </summary>
    private const string Signals =
        "serves() { (until ss -ltn | grep -q \":$2 \"; do sleep 0.05; done; touch $TAP_TEMP/serves.$1) & }; "
        + "await() { for n in $*; do for i in $(seq 200); do [ -e $TAP_TEMP/serves.$n ] && break; sleep 0.05; done; done; }; ";

    private static int _made;

    private readonly string _prefix;

    private readonly bool _isIpv6;

    private Vlan(string prefix, bool isIpv6)
    {
        _prefix = prefix;
        _isIpv6 = isIpv6;
    }

    /// <summary>The end of the mirror port that this process can reach.</summary>
    public string Mirror => _prefix + "m";

    /// <summary>Builds one.</summary>
    /// <param name="isIpv6">The hosts have IPv6 addresses too; without, no host speaks IPv6.</param>
    /// <param name="problem">Why there is none; empty when there is.</param>
    /// <returns>The network; null where that is not allowed.</returns>
    public static Vlan? Make(bool isIpv6, out string problem)
    {
        var vlan = new Vlan(FormattableString.Invariant($"tl{Environment.ProcessId % 10000}x{Interlocked.Increment(ref _made)}"),
            isIpv6);
        (int code, string said) = Shell(vlan.SetUp());
        problem = code == 0 ? string.Empty : $"a network of namespaces can't be made: {said.Trim()}";
        if (code != 0)
        {
            vlan.Dispose();
            return null;
        }

        return vlan;
    }

    /// <summary>The name of a place's namespace.</summary>
    /// <param name="place"><c>inside</c>, <c>outside</c>, <c>router</c>, <c>switch</c>, or a host's number.</param>
    public string NamespaceOf(string place) => _prefix + place;

    /// <summary>Runs a line of shell somewhere.</summary>
    /// <param name="place">As <see cref="NamespaceOf"/> takes it.</param>
    /// <param name="line">The line.</param>
    /// <param name="limit">It is ended after this.</param>
    /// <param name="folder">A folder of its own, <c>$TAP_TEMP</c> in the line.</param>
    /// <returns>What it said, errors included.</returns>
    public string Run(string place, string line, TimeSpan limit, string folder)
    {
        string seconds = ((int)limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        string quoted = (OwnNames + Signals + line).Replace("'", "'\\''", StringComparison.Ordinal);
        string space = NamespaceOf(place);
        return Shell($"export TAP_TEMP={folder}\nexec timeout {seconds} ip netns exec {space} sh -c '{quoted}'").Said;
    }

    /// <summary>
    /// Starts a server somewhere, a line of shell; it ends with what <see cref="Run"/> ran, or with the network.
    /// </summary>
    /// <param name="place">As <see cref="NamespaceOf"/> takes it.</param>
    /// <param name="line">The line.</param>
    /// <param name="folder">A folder of its own, <c>$TAP_TEMP</c> in the line.</param>
    /// <returns>The server; dispose of it to end it.</returns>
    public IDisposable Serve(string place, string line, string folder)
    {
        // In a session of its own, so that all that it starts can be ended with it.
        var start = new ProcessStartInfo("setsid", ["ip", "netns", "exec", NamespaceOf(place), "sh", "-c", OwnNames + Signals + line])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TAP_TEMP"] = folder;
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        Process process = Process.Start(start) ?? throw new InvalidOperationException("setsid did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Server(process);
    }

    /// <summary>Forgets who answered ARP or neighbour solicitations, so that each run begins alike.</summary>
    /// <param name="asks">The router asks for hosts that are off, as after a long night; without, it still knows them, as routers
    /// do for hours, and what is sent to them appears on the VLAN.</param>
    public void Forget(bool asks)
    {
        var script = new StringBuilder();
        foreach (string place in Places())
        {
            script.Append(CultureInfo.InvariantCulture,
                $"ip -n {_prefix}{place} neigh flush all; ip -n {_prefix}{place} -6 neigh flush all\n");
        }

        script.Append(CultureInfo.InvariantCulture,
            $"ip -n {_prefix}router neigh flush nud permanent; ip -n {_prefix}router -6 neigh flush nud permanent\n");
        if (!asks)
        {
            script.Append(CultureInfo.InvariantCulture, $"ip -n {_prefix}router -batch - <<'END'\n");
            for (int number = FirstOff; number <= LastOff; number++)
            {
                if (number != 99 && !Array.Exists(Hosts, host => host.Number == number))
                {
                    script.Append(CultureInfo.InvariantCulture,
                        $"neigh replace {Net}{number} lladdr {MacOf(number)} nud permanent dev eth0\n");
                    if (_isIpv6 && number >= 100)
                    {
                        script.Append(CultureInfo.InvariantCulture,
                            $"neigh replace {Net6}{number} lladdr {MacOf(number)} nud permanent dev eth0\n");
                    }
                }
            }

            script.Append("END\n");
        }

        Shell(script.ToString());
    }

    public void Dispose()
    {
        var script = new StringBuilder();
        foreach (string place in Places())
        {
            string name = _prefix + place;
            script.Append(CultureInfo.InvariantCulture, $"ip netns pids {name} | xargs -r kill -9\nip netns del {name}\n");
        }

        script.Append(CultureInfo.InvariantCulture, $"ip link del {Mirror}\n");
        Shell(script.ToString());
    }

    private static string[] Places() =>
        ["switch", "router", "outside", "inside", "forger", .. Array.ConvertAll(Hosts, host =>
            host.Number.ToString(CultureInfo.InvariantCulture))];

    private static string MacOf(int number) => FormattableString.Invariant($"02:04:0a:14:1e:{number:x2}");

    private string SetUp()
    {
        int off = _isIpv6 ? 0 : 1;
        var script = new StringBuilder("set -e\nPATH=$PATH:/usr/sbin:/sbin\n");
        foreach (string place in Places())
        {
            string name = _prefix + place;
            int here = place == "switch" ? 1 : off;

            // No address is checked for doubles and no router looked for: what is captured is the tool's doing and the answers to
            // it.
            script.Append(CultureInfo.InvariantCulture, $"""
                ip netns add {name}
                ip netns exec {name} sysctl -qw net.ipv6.conf.all.disable_ipv6={here} \
                    net.ipv6.conf.default.disable_ipv6={here} net.ipv6.conf.default.accept_dad=0 \
                    net.ipv6.conf.default.router_solicitations=0 net.ipv6.conf.default.accept_ra=0 \
                    net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_echo_ignore_broadcasts=0
                [ {here} = 1 ] || ip netns exec {name} sysctl -qw net.ipv6.icmp.ratelimit=0
                ip -n {name} link set lo up

                """);
        }

        script.Append(CultureInfo.InvariantCulture, $"""
            ip -n {_prefix}switch link add br0 type bridge ageing_time 0 mcast_snooping 0 stp_state 0
            ip -n {_prefix}switch link set br0 up
            ip link add {Mirror} type veth peer name mirror netns {_prefix}switch
            ip -n {_prefix}switch link set mirror master br0 up
            sysctl -qw net.ipv6.conf.{Mirror}.disable_ipv6=1
            ip addr add 169.254.77.1/32 dev {Mirror}
            ip link set {Mirror} up

            """);
        Plug(script, "router", "02:52:00:00:00:01", Net + "254", Net6 + "fe");
        Plug(script, "inside", MacOf(99), InsideActor, Net6 + "99");
        Plug(script, "forger", MacOf(99), Net + "180", Net6 + "180");
        script.Append(CultureInfo.InvariantCulture, $"""
            ip netns exec {_prefix}forger sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=1
            for i in $(seq 181 209); do ip -n {_prefix}forger addr add {Net}$i/24 dev eth0; done
            ip netns exec {_prefix}router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding={1 - off}
            ip link add eth0 netns {_prefix}outside type veth peer name far netns {_prefix}router
            ip netns exec {_prefix}outside ethtool -K eth0 tx off tso off gso off >/dev/null
            ip -n {_prefix}router addr add 203.0.113.1/24 dev far
            ip -n {_prefix}router link set far address 02:52:00:00:00:02
            ip -n {_prefix}router link set far up
            ip -n {_prefix}outside addr add {OutsideActor}/24 dev eth0
            ip -n {_prefix}router route add blackhole 198.51.100.0/24
            for i in 0 1 2 3 4 5 6 7 8 9; do ip -n {_prefix}outside addr add 203.0.113.7$i/24 dev eth0; done
            ip -n {_prefix}outside link set eth0 up
            ip -n {_prefix}outside route add default via 203.0.113.1

            """);
        if (_isIpv6)
        {
            script.Append(CultureInfo.InvariantCulture, $"""
                ip -n {_prefix}router addr add 2001:db8:bad::1/64 dev far
                ip -n {_prefix}outside addr add 2001:db8:bad::66/64 dev eth0
                ip -n {_prefix}outside route add default via 2001:db8:bad::1

                """);
        }

        foreach ((int number, string manner) in Hosts)
        {
            string place = number.ToString(CultureInfo.InvariantCulture);
            Plug(script, place, MacOf(number), Net + place, Net6 + place);
            Behave(script, _prefix + place, manner);
        }

        return script.ToString();
    }

    private void Plug(StringBuilder script, string place, string mac, string address, string address6)
    {
        string name = _prefix + place;
        script.Append(CultureInfo.InvariantCulture, $"""
            ip link add p{place} netns {_prefix}switch type veth peer name eth0 netns {name}
            ip -n {name} link set eth0 address {mac}
            ip netns exec {name} ethtool -K eth0 tx off tso off gso off >/dev/null
            ip -n {_prefix}switch link set p{place} master br0 up
            ip -n {name} addr add {address}/24 dev eth0 broadcast {Net}255
            ip -n {name} link set eth0 up

            """);
        if (_isIpv6)
        {
            script.Append(CultureInfo.InvariantCulture, $"ip -n {name} addr add {address6}/64 dev eth0 nodad\n");
        }

        if (place != "router")
        {
            script.Append(CultureInfo.InvariantCulture, $"ip -n {name} route add default via {Net}254\n");
            script.Append(_isIpv6 ? FormattableString.Invariant($"ip -n {name} route add default via {Net6}fe\n") : string.Empty);
        }
    }

    private static void Behave(StringBuilder script, string name, string manner)
    {
        string nft = $"ip netns exec {name} nft";
        string[] words = manner.Split(' ');
        switch (words[0])
        {
            case "serve":
                foreach (string port in words[1..])
                {
                    script.Append(CultureInfo.InvariantCulture,
                        $"ip netns exec {name} busybox nc -ll -p {port} -e /bin/cat </dev/null >/dev/null 2>&1 &\n");
                }

                break;
            case "drop":
                script.Append(CultureInfo.InvariantCulture, $"""
                    {nft} 'add table inet f; add chain inet f in {"{ type filter hook input priority 0; policy drop; }"}'
                    {nft} 'add rule inet f in icmpv6 type {"{ nd-neighbor-solicit, nd-neighbor-advert }"} accept'

                    """);
                break;
            case "reject":
                // As a host firewall that answers in the administrator's name.
                script.Append(CultureInfo.InvariantCulture, $"""
                    {nft} 'add table inet f; add chain inet f in {"{ type filter hook input priority 0; policy accept; }"}'
                    {nft} 'add rule inet f in icmpv6 type {"{ nd-neighbor-solicit, nd-neighbor-advert }"} accept'
                    {nft} 'add rule inet f in reject with icmpx admin-prohibited'

                    """);
                break;
            case "count":
                // One counter of IP ids for all, as old systems have it: the zombie that an idle scan needs.
                script.Append(CultureInfo.InvariantCulture, $"""
                    {nft} 'add table ip f; add chain ip f out {"{ type filter hook output priority 0; }"}'
                    ids=$(i=0; while [ $i -lt 2000 ]; do printf '%s : %s, ' $i $((i+1)); i=$((i+1)); done)
                    {nft} "add rule ip f out ip id set numgen inc mod 2000 map {"{"} $ids{"}"}"

                    """);
                break;
            default:
                break;
        }
    }

    private static (int Code, string Said) Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private sealed class Server(Process process) : IDisposable
    {
        public void Dispose()
        {
            Shell(FormattableString.Invariant($"kill -TERM -{process.Id}; sleep 0.2; kill -KILL -{process.Id}"));
            process.WaitForExit();
            process.Dispose();
        }
    }
}
