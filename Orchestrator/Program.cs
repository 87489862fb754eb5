using Experiments.Orchestrator;
using Experiments.ServiceDefaults;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.UseLoopbackByDefault(OrchestratorHosting.DefaultPort);
builder.AddServiceDefaults();
builder.AddMetricStream();
builder.AddArtifactStore();
builder.AddMessageBus(bus => bus.AddOrchestratorConsumers());
builder.AddOrchestrator();

WebApplication app = builder.Build();
app.MapDefaultEndpoints();
app.MapOrchestrator();
return await app.RunServiceAsync();
