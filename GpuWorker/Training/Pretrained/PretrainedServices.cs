namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Registers the sources of initial weights.</summary>
internal static class PretrainedServices
{
    /// <exception cref="ServiceDefaults.Hosting.ServiceConfigurationException">A setting is not allowed.</exception>
    public static void AddPretrainedWeights(this IServiceCollection services, IConfiguration configuration)
    {
        PretrainedOptions options = configuration.GetSection(PretrainedOptions.Section).Get<PretrainedOptions>() ?? new PretrainedOptions();
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton<PublishedWeightsStore>();
        services.AddSingleton<PretrainedSource>();
        services.AddSingleton<PretrainedWeights>();
    }
}
