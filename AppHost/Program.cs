using Experiments.AppHost.Commands;
using Experiments.AppHost.Servers;
using Experiments.AppHost.Settings;
using Experiments.AppHost.Workers;

// The resources of the system, their references and start order. docs/operating.md lists the settings.
IDistributedApplicationBuilder builder;
AppHostSettings settings;
ServerPlan plan;
try
{
    builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = args,
        // All services use plain HTTP on loopback: no development certificate is needed.
        TrustDeveloperCertificate = false,
        DeveloperCertificateDefaultHttpsTerminationEnabled = false,
    });
    CommandLineCheck.Require(args, builder.Configuration);
    settings = AppHostSettings.Read(builder);
    plan = await ServerPlan.MakeAsync(builder, settings);
}
catch (AppHostSettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return AppHostSettingsException.ExitCode;
}

// Tickets, claims, heartbeats, reports.
IResourceBuilder<IResourceWithConnectionString> rabbitMq = builder.AddBroker(plan.RabbitMq, settings);

// Metric points from workers to the archive and to open pages.
IResourceBuilder<IResourceWithConnectionString> redis = builder.AddMetricServer(plan.Redis, settings);

// Published services listen on all addresses of their containers: callers and workers need tokens there.
PublishedAccess? access = builder.AddPublishedAccess();

// Owns every state change, and serves the API.
IResourceBuilder<ProjectResource> orchestrator = builder
    .AddProject<Projects.Orchestrator>(Names.Orchestrator, launchProfileName: null)
    .WithHttpEndpoint(port: 5081)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Storage__Root", settings.StorageRoot)
    .WithEnvironment("Artifacts__Root", settings.ArtifactsRoot)
    // Its host name for the other services when published; loopback names are always allowed.
    .WithEnvironment("AllowedHosts", Names.Orchestrator)
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString)
    .WithReference(rabbitMq).WaitFor(rabbitMq)
    .WithReference(redis).WaitFor(redis)
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/openapi/v1.json", DisplayText = "OpenAPI" })
    .WithOrchestratorCommands(settings);
access?.ApplyToOrchestrator(orchestrator);

// One or more workers per GPU, each of which sees only its GPU, and some on the CPU, which share its cores.
builder.AddWorkers(settings, (worker, name) => (access?.ApplyToWorker(worker) ?? worker)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Artifacts__Root", settings.ArtifactsRoot)
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString)
    .WithReference(rabbitMq).WaitFor(rabbitMq)
    .WithReference(redis).WaitFor(redis)
    .WaitFor(orchestrator)
    .WithUrlForEndpoint("http", url => url.DisplayText = "Health")
    .WithWorkerCommands(name, orchestrator));

// The pages.
IResourceBuilder<ProjectResource> dashboard = builder
    .AddProject<Projects.Dashboard>(Names.Dashboard, launchProfileName: null)
    .WithHttpEndpoint(port: 5082)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
    .WithReference(redis).WaitFor(redis)
    .WithReference(orchestrator).WaitFor(orchestrator)
    .WithUrlForEndpoint("http", url => url.DisplayText = "Dashboard");
if (access is not null)
{
    PublishedAccess.ApplyTo(dashboard);
}

await using DistributedApplication app = builder.Build();
if (await plan.DescribeMissingEngineAsync(builder.ExecutionContext) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return AppHostSettingsException.ExitCode;
}

await app.RunAsync();
return 0;
