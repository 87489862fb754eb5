namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Registers what initial weights come from.</summary>
internal static class PretrainedServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    /// <exception cref="ArgumentException">A setting is not allowed.</exception>
    public static void AddPretrainedWeights(this IServiceCollection services, IConfiguration configuration)
    {
        PretrainedOptions options = configuration.GetSection(PretrainedOptions.Section).Get<PretrainedOptions>() ?? new PretrainedOptions();
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton(provider => new WeightsDownload(
            NewClient(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WeightsDownload>>()));
        services.AddSingleton<PublishedWeightsStore>();
        services.AddSingleton<PretrainedSource>();
        services.AddSingleton<PretrainedWeights>();
    }

    // Not the host's clients: their policies would end what takes minutes, and begin anew what can go on.
    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
}
