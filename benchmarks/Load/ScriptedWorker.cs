using Experiments.GpuWorker;
using Experiments.GpuWorker.Jobs;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Startup;

namespace Experiments.Benchmarks.Load;

/// <summary>A worker with a scripted training.</summary>
internal static class ScriptedWorker
{
    public static async Task<int> RunAsync<TTrainer>(string[] arguments)
        where TTrainer : class, ITrainer
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(arguments);
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        builder.AddMessageBus(bus => bus.AddGpuWorkerConsumers());
        builder.RequireBroker();
        builder.AddGpuWorker();
        builder.Services.AddSingleton<ITrainer, TTrainer>();
        return await builder.Build().RunServiceAsync();
    }
}
