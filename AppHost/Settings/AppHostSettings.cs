using System.Globalization;
using Experiments.AppHost.Workers;
using Microsoft.Extensions.Configuration;

namespace Experiments.AppHost.Settings;

/// <summary>The settings, read from the command line (<c>--Workers:Cpu=2</c>) or by environment variables (<c>Workers__Cpu=2</c>).</summary>
internal sealed record AppHostSettings
{
    private const int MostWorkers = 64;

    /// <summary>The source of RabbitMQ and Redis.</summary>
    public required ServerSource Servers { get; init; }

    /// <summary>The full path of the folder for all persistent data.</summary>
    public required string StorageRoot { get; init; }

    /// <summary>The full path of the folder for the artifacts of runs.</summary>
    public required string ArtifactsRoot { get; init; }

    /// <summary>The number of GPUs used; each has <see cref="WorkersPerGpu"/> workers.</summary>
    public required int Gpus { get; init; }

    public required int WorkersPerGpu { get; init; }

    /// <summary>The number of workers that train on the CPU.</summary>
    public required int CpuWorkers { get; init; }

    /// <summary>
    /// An even share of this machine's cores; null for the worker's default. The same for all workers, including spare ones: a run resumes
    /// bit-identically only with the same number of threads.
    /// </summary>
    public required int? ThreadsPerCpuWorker { get; init; }

    /// <summary>The number of workers that are not started with the others, but can be added later.</summary>
    public required int SpareWorkers { get; init; }

    /// <exception cref="AppHostSettingsException">A value is not allowed.</exception>
    public static AppHostSettings Read(IDistributedApplicationBuilder builder)
    {
        IConfiguration configuration = builder.Configuration;

        // A published manifest must not depend on the machine that publishes it.
        bool publishes = builder.ExecutionContext.IsPublishMode;
        int gpus = Count(configuration, "Workers:Gpus") ?? (publishes ? 0 : GpuCount.OfThisMachine());
        int cpuWorkers = Count(configuration, "Workers:Cpu") ?? (gpus == 0 ? 1 : 0);
        string storage = publishes ? "/data" : FolderOf(configuration, "Storage:Root") ?? Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "data"));
        return new AppHostSettings
        {
            Servers = Source(configuration),
            StorageRoot = storage,
            ArtifactsRoot = publishes ? "/data/artifacts" : FolderOf(configuration, "Artifacts:Root") ?? Path.Combine(storage, "artifacts"),
            Gpus = gpus,
            WorkersPerGpu = Count(configuration, "Workers:PerGpu", least: 1) ?? 1,
            CpuWorkers = cpuWorkers,
            ThreadsPerCpuWorker = publishes ? null : Math.Max(1, Environment.ProcessorCount / Math.Max(1, cpuWorkers)),
            SpareWorkers = publishes ? 0 : Count(configuration, "Workers:Spare") ?? 2,
        };
    }

    private static ServerSource Source(IConfiguration configuration)
    {
        string? text = Text(configuration, "Servers");
        if (text is null)
        {
            return ServerSource.Automatic;
        }

        return Enum.TryParse(text, ignoreCase: true, out ServerSource source) && Enum.IsDefined(source) && !char.IsAsciiDigit(text[0])
            ? source
            : throw new AppHostSettingsException($"Servers is \"{text}\"; allowed: containers, local, given, or leave it out to have it chosen.");
    }

    private static int? Count(IConfiguration configuration, string key, int least = 0)
    {
        if (Text(configuration, key) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= MostWorkers
            ? count
            : throw new AppHostSettingsException($"{key} is \"{text}\"; allowed: a number from {least} to {MostWorkers}.");
    }

    private static string? FolderOf(IConfiguration configuration, string key) =>
        Text(configuration, key) is { } path ? Path.GetFullPath(path) : null;

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
