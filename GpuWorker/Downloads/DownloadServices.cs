namespace Experiments.GpuWorker.Downloads;

/// <summary>Registers the downloader.</summary>
internal static class DownloadServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    public static void AddDownloads(this IServiceCollection services) =>
        services.AddSingleton(provider => new FileDownloader(
            NewClient(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FileDownloader>>()));

    // Not the host's clients: their policies would time out long downloads, and restart those that can be resumed.
    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
}
