using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Distillation;
using Experiments.GpuWorker.Downloads;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.ServiceDefaults.Files;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.GpuWorker.Training;

/// <summary>Registers the trainer and its dependencies.</summary>
public static class TrainingServices
{
    /// <summary>
    /// Registers <see cref="ITrainer"/>, <see cref="TrainingDevice"/>, <see cref="IDeviceMonitor"/> and <see cref="DeviceUse"/> as singletons, from the
    /// sections Worker and Datasets. Register an <see cref="IPretrainedRuns"/> to allow <c>run:&lt;id&gt;</c>.
    /// </summary>
    /// <exception cref="ServiceDefaults.Hosting.ServiceConfigurationException">A setting is not allowed.</exception>
    public static IServiceCollection AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        TrainingOptions options = configuration.GetSection(TrainingOptions.Section).Get<TrainingOptions>() ?? new TrainingOptions();
        options.Validate();
        TrainingDevice.RequireName(options.Device);
        OpenMp.WaitBriefly();
        NativeHeap.KeepFreedMemory();
        HiddenCaches.Restore();
        DatasetOptions datasets = configuration.GetSection(DatasetOptions.Section).Get<DatasetOptions>() ?? new DatasetOptions();
        datasets.Validate();
        RootsSetting.Require(configuration, DatasetOptions.RootsKey);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPretrainedRuns, NoPretrainedRuns>();
        services.TryAddSingleton<IOriginalInputs, NoOriginalInputs>();
        services.AddSingleton<InputCheck>();
        services.AddSingleton(options);
        services.AddSingleton(_ => TrainingDevice.Select(options.Device));
        services.AddSingleton<IDeviceMonitor>(MonitorOf);
        services.AddSingleton(provider => new DeviceUse(MonitorOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddDownloads();
        services.AddSingleton(provider => new DatasetDownloads(datasets, provider.GetRequiredService<FileDownloader>()));
        services.AddSingleton(new DatasetFolder(new AllowedFolders(datasets.Roots)));
        services.AddSingleton(_ => new DatasetCache(options.DatasetMemoryBytes ?? TrainingOptions.DefaultDatasetMemoryBytes));
        services.AddSingleton(new ImageDecoder(options.Threads));
        services.AddSingleton<DatasetDecoder>();
        services.AddSingleton<DatasetLoader>();
        services.AddPretrainedWeights(configuration);
        services.AddSingleton<Teachers>();
        services.AddSingleton(provider =>
        {
            TrainingDevice device = provider.GetRequiredService<TrainingDevice>();
            return new BFloat16Models(
                datasets.BFloat16GainsFile,
                BFloat16Models.Describe(device, options),
                BFloat16Support.Has(device) ? new BFloat16Gain(device, options).Of : null,
                provider.GetRequiredService<ILogger<BFloat16Models>>());
        });
        services.AddSingleton<SessionFactory>();
        services.AddSingleton<RunDocuments>();
        services.AddSingleton<ITrainer, Trainer>();
        return services;
    }

    private static IDeviceMonitor MonitorOf(IServiceProvider provider) =>
        DeviceMonitor.Create(provider.GetRequiredService<TrainingDevice>(), provider.GetRequiredService<TimeProvider>());
}
