using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Appliance.Simulator.Tests;
using Appliance.Traffic;

namespace Appliance.Collector.Tests;

/// <summary>
/// A PostgreSQL cluster of the test's own in a folder, on a port of its own. It never runs as root, which the server refuses.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tap-pg-").FullName;
    private readonly string _programs;
    private readonly bool _isRoot = Environment.UserName == "root";

    /// <summary>Makes and starts it.</summary>
    public PostgresServer()
    {
        _programs = Programs() ?? throw new InvalidOperationException("PostgreSQL is not installed");
        Port = Network.FreePort(SocketType.Stream);
        if (_isRoot)
        {
            ToolRun.Output("chown", "postgres", _folder);
        }

        Run("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c "
                + "full_page_writes=off -c shared_buffers=128MB -c work_mem=64MB -c max_wal_size=4GB", "start");
        Query("postgres", "create role tap login password 'tap'; ");
        Query("postgres", "create database tap owner tap");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The folder of the server's programs, which Debian keeps out of PATH; null where there is none.</summary>
    public static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order().LastOrDefault() : null;

    /// <summary>Runs a statement or a file of them.</summary>
    /// <returns>Rows, a line each, with bars between columns.</returns>
    public string Query(string database, string sql)
    {
        return ToolRun.Output("psql", "-h", "127.0.0.1", "-p", Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAtc", sql).TrimEnd('\n');
    }

    /// <summary>Runs a file.</summary>
    public void RunFile(string database, string path)
    {
        ToolRun.Output("psql", "-h", "127.0.0.1", "-p", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-U",
            "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-qf", path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Run("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, true);
    }

    private void Run(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        var start = _isRoot ? new ProcessStartInfo("runuser") : new ProcessStartInfo(path);
        foreach (string argument in _isRoot ? ["-u", "postgres", "--", path, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The server inherits standard output: it goes to its log, and this does not wait for its end.
        start.WorkingDirectory = _folder;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        }
    }
}
