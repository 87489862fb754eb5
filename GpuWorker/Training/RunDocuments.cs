using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using TorchSharp;

namespace Experiments.GpuWorker.Training;

/// <summary>Writes config.json and environment.json of a run.</summary>
internal sealed class RunDocuments(TrainingDevice device, TrainingOptions options)
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Options) { WriteIndented = true };

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Write(TrainingJob job)
    {
        Write(Path.Combine(job.Folder, RunFiles.Config), new { job.Hyperparameters, job.Dataset, job.Objective, job.Epochs });
        Write(Path.Combine(job.Folder, RunFiles.Environment), Describe());
    }

    private Dictionary<string, string> Describe()
    {
        Assembly program = typeof(RunDocuments).Assembly;
        string version = program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new Dictionary<string, string>
        {
            ["experiments"] = version.Split('+')[0],
            ["gitCommit"] = version.Contains('+', StringComparison.Ordinal) ? version.Split('+')[1] : "unknown",
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["torchSharp"] = VersionOf(typeof(torch).Assembly),
            ["libtorch"] = torch.__version__,
            ["operatingSystem"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["device"] = device.Name,
            ["flushDenormals"] = options.FlushDenormals ? "true" : "false",
            ["threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static void Write(string path, object content) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, content, Indented));
}
