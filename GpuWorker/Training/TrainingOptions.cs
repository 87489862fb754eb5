using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Training;

/// <summary>How this worker trains; section <c>Worker</c>.</summary>
public sealed record TrainingOptions
{
    public const string Section = "Worker";

    /// <summary><c>auto</c> (the first GPU if there is one), <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of one run's computations on the CPU. Results are bit-identical only between equal numbers.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether numbers below about 1.2e-38 count as zero while a run computes on the CPU, as with <c>torch.set_flush_denormal(True)</c>. CPUs are many
    /// times slower with them. Results are bit-identical only between equal settings.
    /// </summary>
    public bool FlushDenormals { get; init; } = true;

    /// <summary>Bytes of main memory that decoded images may take; null for 1 GiB, or a quarter of the memory where that is less.</summary>
    public long? DatasetMemoryBytes { get; init; }

    /// <summary>Enough for CIFAR or MNIST at any usual size; what is larger streams, so that a worker takes a known part of its machine.</summary>
    internal static long DefaultDatasetMemoryBytes => Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <exception cref="ServiceConfigurationException">A value is out of range.</exception>
    internal void Validate()
    {
        if (Threads is < 1 or > 1024)
        {
            throw new ServiceConfigurationException($"Worker:Threads is \"{Threads}\"; allowed: 1 to 1024");
        }

        if (DatasetMemoryBytes < 1)
        {
            throw new ServiceConfigurationException($"Worker:DatasetMemoryBytes is \"{DatasetMemoryBytes}\"; allowed: at least 1, or nothing for 1 GiB");
        }
    }
}

/// <summary>Which files sweeps may name; section <c>Datasets</c>.</summary>
public sealed record DatasetOptions
{
    public const string Section = "Datasets";
    public const string RootsKey = $"{Section}:{nameof(Roots)}";

    /// <summary>Folders that data may lie in; empty for anywhere.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The folder for what is downloaded; null for <c>experiments/datasets</c> in the user's cache.</summary>
    public string? Cache { get; init; }

    /// <summary>Where to download a data set from instead of where it is published: its name, and the address of a folder.</summary>
    public IReadOnlyDictionary<string, string> Mirrors { get; init; } = new Dictionary<string, string>();

    internal string CacheFolder => Path.GetFullPath(string.IsNullOrWhiteSpace(Cache) ? Path.Combine(UserCache, "experiments", "datasets") : Cache);

    private static string UserCache => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    /// <exception cref="ServiceConfigurationException">A mirror is not the address of a folder.</exception>
    internal void Validate()
    {
        foreach ((string name, string url) in Mirrors)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || !url.EndsWith('/'))
            {
                throw new ServiceConfigurationException($"Datasets:Mirrors:{name} is \"{url}\"; allowed: an http or https address that ends with a slash");
            }
        }
    }
}
