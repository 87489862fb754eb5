using Experiments.ServiceDefaults.Hosting;

namespace Experiments.GpuWorker.Settings;

/// <summary>The data set files that sweeps may use; section <c>Datasets</c>.</summary>
public sealed record DatasetOptions
{
    public const string Section = "Datasets";
    public const string RootsKey = $"{Section}:{nameof(Roots)}";

    /// <summary>Folders that data may be read from; empty to allow all.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The folder for downloads; null for <c>experiments/datasets</c> in the user's cache.</summary>
    public string? Cache { get; init; }

    /// <summary>Mirrors by data set name: the address of a folder to download from instead of the publisher's.</summary>
    public IReadOnlyDictionary<string, string> Mirrors { get; init; } = new Dictionary<string, string>();

    internal string CacheFolder => Path.GetFullPath(string.IsNullOrWhiteSpace(Cache) ? Path.Combine(UserCache, "experiments", "datasets") : Cache);

    /// <summary>The gains of bfloat16 as measured on this machine, for <c>precision: auto</c>.</summary>
    internal string BFloat16GainsFile => Path.Combine(CacheFolder, "bfloat16-gains.json");

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
