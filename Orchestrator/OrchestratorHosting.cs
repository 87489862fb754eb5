using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Analysis;
using Experiments.Orchestrator.Api;
using Experiments.Orchestrator.Api.Access;
using Experiments.Orchestrator.Api.Artifacts;
using Experiments.Orchestrator.Api.Runs;
using Experiments.Orchestrator.Api.Sweeps;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Estimates;
using Experiments.Orchestrator.Evaluation;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Http.Description;
using Experiments.Orchestrator.Maintenance;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.Models;
using Experiments.Orchestrator.RunLogs;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Runs.Checkpoints;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.Runs.Groups;
using Experiments.Orchestrator.Runs.Inputs;
using Experiments.Orchestrator.Runs.Leases;
using Experiments.Orchestrator.Runs.Notices;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Runs.Stages;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Planning;
using Experiments.Orchestrator.Sweeps.Proposals;
using Experiments.Orchestrator.Sweeps.Views;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Files;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator;

/// <summary>Registers the services and endpoints of an Orchestrator; Standalone calls the same methods.</summary>
public static class OrchestratorHosting
{
    /// <summary>The port it listens on by default.</summary>
    public const int DefaultPort = 5081;

    private const string ApiPath = "/api";

    /// <summary>A running worker answers in a fraction of this time.</summary>
    private static readonly TimeSpan PreviewTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds all services except the consumers, see <see cref="AddOrchestratorConsumers"/>. Needs the bus and the metric stream.</summary>
    public static IHostApplicationBuilder AddOrchestrator(this IHostApplicationBuilder builder)
    {
        QuietLogs(builder.Configuration);
        builder.AddArtifactFolder();
        IServiceCollection services = builder.Services;
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        RootsSetting.Require(builder.Configuration, DatasetRootOptions.RootsKey);
        services.AddOptions<DatasetRootOptions>().BindConfiguration(DatasetRootOptions.Section).ValidateOnStart();
        services.AddOptions<LeaseOptions>().BindConfiguration(LeaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddStorage();
        builder.AddTokens();
        services.AddRuns();
        services.AddRestored();
        services.AddSingleton<ChangeBroadcaster>();
        services.AddSingleton(provider => new AllowedFolders([.. provider.GetRequiredService<IOptions<DatasetRootOptions>>().Value.Roots]));
        services.AddSingleton<DatasetProbe>();
        services.AddSingleton<ShownFolders>();
        services.AddSingleton<PretrainedCheck>();
        services.AddSingleton<TeacherCheck>();
        services.AddSingleton<InputContents>();
        services.AddSingleton<InputReader>();
        services.AddHostedService(provider => provider.GetRequiredService<InputReader>());
        services.AddSingleton<PrecisionChoice>();
        services.AddSingleton<SweepPlanner>();
        services.AddSingleton<SweepLauncher>();
        services.AddSingleton<EpochTimes>();
        services.AddSingleton<SweepPreviews>();
        services.AddSingleton<SweepControl>();
        services.AddSingleton<SweepAnnotations>();
        services.AddSingleton<SweepWaits>();
        services.AddSingleton<SweepViews>();
        services.AddSingleton<SearchViews>();
        services.AddAnalysis();
        services.AddModels();
        services.AddArtifacts();
        services.AddSingleton<StorageReports>();
        services.AddSingleton<StorageCompaction>();
        services.AddMetrics();
        services.AddHostedService<MetricArchiver>();
        services.AddHostedService<RunGauge>();
        services.AddSingleton<RunLogReader>();
        services.AddApi();
        return builder;
    }

    /// <summary>Adds the consumers of claims, heartbeats, run events and logs, and the request clients, to the host's one bus.</summary>
    public static void AddOrchestratorConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddRequestClient<PreviewAugmentation>(
            MessageAddresses.Exchange(QueueNames.AugmentationPreviews), RequestTimeout.After(ms: (int)PreviewTimeout.TotalMilliseconds));
        bus.AddConsumer<ClaimRunConsumer, ClaimRunConsumerDefinition>();
        bus.AddConsumer<HeartbeatConsumer, HeartbeatConsumerDefinition>();
        bus.AddConsumer<DescribeInputConsumer, DescribeInputConsumerDefinition>();
        bus.AddConsumer<EpochFinishedConsumer, EpochFinishedConsumerDefinition>();
        bus.AddConsumer<AttemptEndedConsumer, AttemptEndedConsumerDefinition>();
        bus.AddConsumer<ReportMarkConsumer, ReportMarkConsumerDefinition>();
        bus.AddConsumer<RunLogConsumer, RunLogConsumerDefinition>();
    }

    /// <summary>Maps the API and its description.</summary>
    public static WebApplication MapOrchestrator(this WebApplication app)
    {
        app.UseAudit();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(ApiPath, StringComparison.Ordinal),
            branch => branch.UseExceptionHandler().UseStatusCodePages());
        app.UseAccess();
        AccessMode mode = AccessOptions.ModeOf(app.Configuration);
        RouteGroupBuilder description = app.MapGroup("");
        description.RequirePolicies(mode);
        description.MapOpenApi();
        RouteGroupBuilder api = app.MapGroup(ApiPath);
        api.RequirePolicies(mode);
        api.MapSweeps();
        api.MapRuns();
        api.MapDeletion();
        api.MapStorage();
        api.MapAnalysis();
        api.MapRunMetrics();
        api.MapRunLogs();
        api.MapArtifacts();
        api.MapAttemptFiles();
        api.MapUploads();
        api.MapInitialization();
        api.MapEvaluation();
        api.MapWorkers();
        api.MapCatalog();
        api.MapDatasets();
        api.MapAugmentationPreview();
        api.MapModels();
        api.MapRunModels();
        api.MapEvents();
        api.MapTokens();
        api.MapAudit();
        return app;
    }

    /// <summary>One log line per query and request would hide the important ones. Any other configuration of these levels takes precedence.</summary>
    private static void QuietLogs(IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = nameof(LogLevel.Warning),
                ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
            },
        });

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<StorageFolder>();
        services.AddSingleton<StateWriter>();
        services.AddPooledDbContextFactory<StateContext>((provider, options) =>
            options.UseSqlite(provider.GetRequiredService<StorageFolder>().StateConnection).AddInterceptors(SqlitePragmas.Instance));
        services.AddPooledDbContextFactory<Metrics.Database.MetricsContext>((provider, options) =>
            options.UseSqlite(provider.GetRequiredService<StorageFolder>().MetricsConnection).AddInterceptors(SqlitePragmas.Instance));
        services.AddHostedService<StorageStartup>();
        services.AddHealthChecks().AddCheck<StorageHealth>(StorageHealth.Name);
    }

    /// <summary>In-memory state that is restored from the database at startup, in the order in which it has to be restored.</summary>
    internal static void AddRestored(this IServiceCollection services)
    {
        services.AddSingleton<IRestoredAtStart>(provider => provider.GetRequiredService<LeaseTable>());
        services.AddSingleton<IRestoredAtStart>(provider => provider.GetRequiredService<WorkerTable>());
        services.AddSingleton<IRestoredAtStart, AbandonedAttempts>();
        services.AddSingleton<IRestoredAtStart, StaleWaits>();
    }

    /// <summary>The services behind the life of a run. Needs the storage, the bus and the artifact store.</summary>
    internal static void AddRuns(this IServiceCollection services)
    {
        // A search that proposes another run has not ended, so this comes first.
        services.AddSingleton<IBeforeCommit, SearchContinuation>();
        services.AddSingleton<IBeforeCommit, SearchEnd>();
        services.AddSingleton<LeaseTable>();
        services.AddSingleton<RunClaims>();
        services.AddSingleton<RungDecisions>();
        services.AddSingleton<EpochReports>();
        services.AddSingleton<AttemptEnds>();
        services.AddSingleton<LostLeases>();
        services.AddSingleton<ReportIntake>();
        services.AddSingleton<LeaseExpiry>();
        services.AddSingleton<CheckpointFiles>();
        services.AddSingleton<TwinRuns>();
        services.AddSingleton<SharedStages>();
        services.AddSingleton<RunControl>();
        services.AddSingleton<BulkRuns>();
        services.AddSingleton<RunAnnotations>();
        services.AddSingleton<RunDeletion>();
        services.AddSingleton<DeletedRunRemoval>();
        services.AddSingleton<DeletionPreviews>();
        services.AddSingleton<RunViews>();
        services.AddSingleton<RunLists>();
        services.AddSingleton<RunSearch>();
        services.AddSingleton<RunGrouping>();
        services.AddSingleton<RunFailures>();
        services.AddSingleton<RunCurves>();
        services.AddSingleton<RunComparisons>();
        services.AddSingleton<TicketQueue>();
        services.AddSingleton<StopNotices>();
        services.AddSingleton<WorkerTable>();
        services.AddSingleton<WorkerHistories>();
        services.AddSingleton<WorkerTrust>();
        services.AddSingleton<WorkerControl>();
        services.AddSingleton<Heartbeats>();
        services.AddHostedService<TicketDispatcher>();
        services.AddHostedService<LeaseKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<StopNotices>());
        services.AddHostedService(provider => provider.GetRequiredService<DeletedRunRemoval>());
    }

    /// <summary>The services on top of the metrics database.</summary>
    internal static void AddMetrics(this IServiceCollection services)
    {
        services.AddSingleton<MetricsGate>();
        services.AddSingleton<MetricUsage>();
        services.AddSingleton<MetricArchive>();
        services.AddSingleton<RunLogIntake>();
        services.AddSingleton<IRunData>(provider => provider.GetRequiredService<MetricArchive>());
        services.AddSingleton<IRunData>(provider => provider.GetRequiredService<RunLogIntake>());
    }

    private static void AddAnalysis(this IServiceCollection services)
    {
        services.AddSingleton<SweepColumns>();
        services.AddSingleton<SweepImportance>();
        services.AddSingleton<AttemptColumns>();
        services.AddSingleton<ProgressViews>();
    }

    private static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelRequestOptions>().BindConfiguration(ModelRequestOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WorkerRequests>();
        services.AddSingleton<ModelRequests>();
        services.AddSingleton<ModelDescriptions>();
        services.AddSingleton<DatasetRequests>();
        services.AddSingleton<DatasetSampleCache>();
        services.AddSingleton<DatasetChecks>();
        services.AddSingleton<EvaluationFiles>();
        services.AddSingleton<RunModels>();
        services.AddSingleton<ClassComparisons>();
        services.AddSingleton<SharedMistakeFinder>();
    }

    private static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ContractJson.Apply(json.SerializerOptions));
        services.AddApiDescription();
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiExceptionHandler>();
    }
}
