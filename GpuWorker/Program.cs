using Experiments.GpuWorker;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Startup;

return await ServiceRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args).UseLoopbackByDefault(port: 0);
    builder.AddServiceDefaults();
    builder.AddMetricStream();
    builder.AddArtifactStore();
    builder.AddMessageBus(bus => bus.AddGpuWorkerConsumers());
    builder.RequireBroker();
    builder.RequireWorkerToken();
    builder.AddGpuWorker();

    WebApplication app = builder.Build();
    app.MapDefaultEndpoints();
    return app;
});
