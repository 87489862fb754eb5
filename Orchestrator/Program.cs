using Experiments.Orchestrator;
using Experiments.Orchestrator.Maintenance;
using Experiments.ServiceDefaults;

if (args is [StorageBackup.Command, .. string[] rest])
{
    string[] settings = [.. rest.Where(argument => argument.StartsWith("--", StringComparison.Ordinal))];
    IConfiguration configuration = new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
    return StorageBackup.Run([.. rest.Except(settings)], configuration, Console.Out, Console.Error);
}

return await ServiceRunner.RunAsync(() =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.UseLoopbackByDefault(OrchestratorHosting.DefaultPort);
    builder.AddServiceDefaults();
    builder.AddMetricStream();
    builder.AddArtifactFolder();
    builder.AddMessageBus(bus => bus.AddOrchestratorConsumers());
    builder.AddOrchestrator();

    WebApplication app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapOrchestrator();
    return app;
});
