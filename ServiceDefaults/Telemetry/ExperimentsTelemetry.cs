using System.Diagnostics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>The names under which we trace and measure. All of them start with <c>Experiments.</c>, which is what the exporter listens to.</summary>
public static class ExperimentsTelemetry
{
    public const string OrchestratorName = "Experiments.Orchestrator";
    public const string GpuWorkerName = "Experiments.GpuWorker";
    public const string DashboardName = "Experiments.Dashboard";
    public const string MetricStreamName = "Experiments.MetricStream";

    /// <summary>Matches every name above.</summary>
    public const string AllNames = "Experiments.*";

    public static ActivitySource Orchestrator { get; } = new(OrchestratorName);

    public static ActivitySource GpuWorker { get; } = new(GpuWorkerName);

    public static ActivitySource MetricStream { get; } = new(MetricStreamName);
}
