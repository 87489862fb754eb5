using System.Diagnostics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>The names of activity sources and meters. All of them start with <c>Experiments.</c>, which the exporter subscribes to.</summary>
public static class ExperimentsTelemetry
{
    /// <summary>The name of the Orchestrator's activity source.</summary>
    public const string OrchestratorName = "Experiments.Orchestrator";

    /// <summary>The name of the workers' activity source.</summary>
    public const string GpuWorkerName = "Experiments.GpuWorker";

    /// <summary>The name of the Dashboard's activity source.</summary>
    public const string DashboardName = "Experiments.Dashboard";

    /// <summary>The name of the metric stream's activity source and meter.</summary>
    public const string MetricStreamName = "Experiments.MetricStream";

    /// <summary>Matches every name above.</summary>
    public const string AllNames = "Experiments.*";

    /// <summary>Spans of scheduling, such as the tickets of runs.</summary>
    public static ActivitySource Orchestrator { get; } = new(OrchestratorName);

    /// <summary>Spans of training: attempts, epochs, reports.</summary>
    public static ActivitySource GpuWorker { get; } = new(GpuWorkerName);

    /// <summary>Spans of appends that failed.</summary>
    public static ActivitySource MetricStream { get; } = new(MetricStreamName);
}
