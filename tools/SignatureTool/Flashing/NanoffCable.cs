using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Appliance.SignatureTool.Flashing;

/// <summary>
/// The cable of a real box: its serial port, by nanoff's <c>--filedeployment</c> and <c>--networkdeployment</c>, whose
/// descriptions are JSON, and its <c>--devicedetails</c>.
/// </summary>
/// <param name="port">The serial port.</param>
internal sealed class NanoffCable(string port) : IBoxCable
{
    private const string Root = @"I:\";

    /// <inheritdoc/>
    public string Name => port;

    /// <inheritdoc/>
    public string? Ask(out IReadOnlyList<string> lines)
    {
        NanoffRun run = Nanoff.Run(["--nanodevice", "--devicedetails", "--serialport", port], new Dictionary<string, string>());
        lines = run.Lines;
        return ProblemOf(run);
    }

    /// <inheritdoc/>
    public string? Put(IReadOnlyList<BoxFile> files)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sigtab-");
        try
        {
            var deployed = new List<Deployed>();
            foreach (BoxFile file in files)
            {
                string source = file.Source is null ? Path.Combine(folder.FullName, Path.GetRandomFileName())
                    : Path.GetFullPath(file.Source);
                if (file.Source is null)
                {
                    File.WriteAllBytes(source, file.Octets);
                }

                deployed.Add(new Deployed(Root + file.Path, source));
            }

            NanoffRun run = Deploy(deployed);

            // nanoff ends with 0 also where it could not write a file, and only says so.
            return ProblemOf(run) ?? (run.Says("Error deploying") || run.Says("Exception deploying")
                ? $"nanoff reached the device at {port} but could not write "
                    + $"{string.Join(" and ", deployed.Select(d => d.DestinationFilePath))}; does the device run the tap's firmware?"
                : null);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    /// <inheritdoc/>
    public string? Take(string path, out bool wasThere)
    {
        NanoffRun run = Deploy([new Deployed(Root + path, null)]);

        // It ends with 0 also where there was nothing to delete.
        wasThere = run.Says("Deleting file") && !run.Says("Error deleting") && !run.Says("Exception deploying");
        return ProblemOf(run);
    }

    /// <inheritdoc/>
    public string? Set(NetworkSettings settings)
    {
        NanoffRun run = Nanoff.Run(
            ["--serialport", port], new Dictionary<string, string> { ["--networkdeployment"] = settings.DescriptionOf(port) });
        return run.Says("Cannot find any") ? $"the device at {port} has no {(settings.Ssid is null ? "Ethernet" : "Wi-Fi")} uplink: "
                + "another board, or an image that was built without it"
            : run.Says("Error uploading") ? $"nanoff reached the device at {port}, which did not take the network's settings"
            : ProblemOf(run);
    }

    private NanoffRun Deploy(IReadOnlyList<Deployed> files)
    {
        string description = JsonSerializer.Serialize(new Description(port, files));
        return Nanoff.Run(["--serialport", port], new Dictionary<string, string> { ["--filedeployment"] = description });
    }

    private string? ProblemOf(NanoffRun run)
    {
        return run.Problem ?? (run.ExitCode == 0 ? null : $"nanoff could not reach the device at {port} (its exit code is {run.ExitCode})");
    }

    private sealed record Description(string SerialPort, IReadOnlyList<Deployed> Files);

    private sealed record Deployed(string DestinationFilePath, string? SourceFilePath);
}
