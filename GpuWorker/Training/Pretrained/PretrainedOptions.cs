
using Experiments.ServiceDefaults.Hosting;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The location of published weights on this worker; section <c>Worker</c>.</summary>
public sealed record PretrainedOptions
{
    public const string Section = "Worker";

    /// <summary>A folder with published weights, which is searched first; null for none.</summary>
    public string? WeightsFolder { get; init; }

    /// <summary>The folder for downloaded weights.</summary>
    public string WeightsCache { get; init; } = DefaultCache();

    /// <summary>An address used instead of every publisher's, such as a mirror; null for the publishers' own.</summary>
    public Uri? WeightsAddress { get; init; }

    /// <exception cref="ServiceConfigurationException">A value is not allowed.</exception>
    internal void Validate()
    {
        // The few digits of a hash in a file's name protect against accidents, not attackers.
        if (WeightsAddress is { } address
            && !(address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            throw new ServiceConfigurationException($"Worker:WeightsAddress is \"{address}\"; allowed: an address that begins with https://");
        }

        if (string.IsNullOrWhiteSpace(WeightsCache))
        {
            throw new ServiceConfigurationException("Worker:WeightsCache is empty; allowed: a folder");
        }
    }

    private static string DefaultCache()
    {
        string own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(own.Length > 0 ? own : Path.GetTempPath(), "Experiments", "weights");
    }
}
