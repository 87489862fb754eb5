using System.Diagnostics.Metrics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>The metrics of this system, in addition to those of ASP.NET Core, HTTP clients, MassTransit and the runtime. docs/operating.md lists them.</summary>
public static class ExperimentsMetrics
{
    /// <summary>Runs by <c>status</c>; counted by the Orchestrator on request.</summary>
    public const string Runs = "experiments.runs";

    private const string Seconds = "s";

    private static readonly Meter Orchestrator = new(ExperimentsTelemetry.OrchestratorName);
    private static readonly Meter Worker = new(ExperimentsTelemetry.GpuWorkerName);
    private static readonly Meter Stream = new(ExperimentsTelemetry.MetricStreamName);

    /// <summary>The time from when a run could start, or its previous attempt ended, until a worker claimed it.</summary>
    public static Histogram<double> QueueWait { get; } = Orchestrator.CreateHistogram<double>("experiments.run.queue_wait", Seconds);

    /// <summary>Leases that expired without a heartbeat.</summary>
    public static Counter<long> LeasesLost { get; } = Orchestrator.CreateCounter<long>("experiments.leases.lost", "{lease}");

    /// <summary>Metric points that were stored durably.</summary>
    public static Counter<long> PointsArchived { get; } = Orchestrator.CreateCounter<long>("experiments.points.archived", "{point}");

    /// <summary>The time from the measurement of a page's newest point until it was stored.</summary>
    public static Histogram<double> ArchiveLag { get; } = Orchestrator.CreateHistogram<double>("experiments.points.archive_lag", Seconds);

    /// <summary>The duration of an epoch, by <c>model</c> and <c>dataset</c>.</summary>
    public static Histogram<double> EpochDuration { get; } = Worker.CreateHistogram<double>("experiments.epoch.duration", Seconds);

    /// <summary>The rate of the last finished epoch, by <c>model</c> and <c>dataset</c>.</summary>
    public static Gauge<double> ImagesPerSecond { get; } = Worker.CreateGauge<double>("experiments.images_per_second", "{image}/s");

    /// <summary>Reports of a worker that have not reached the broker yet.</summary>
    public static UpDownCounter<long> ReportsBehind { get; } = Worker.CreateUpDownCounter<long>("experiments.reports.behind", "{report}");

    /// <summary>Metric points that a worker could not append to the metric stream, by <c>reason</c>.</summary>
    public static Counter<long> PointsDropped { get; } = Worker.CreateCounter<long>("experiments.points.dropped", "{point}");

    /// <summary>Memory used on the worker's <c>device</c>: by all processes on a GPU, by the worker's own process on the CPU.</summary>
    public static Gauge<long> DeviceMemory { get; } = Worker.CreateGauge<long>("experiments.device.memory", "By");

    /// <summary>The time until the Orchestrator answered; tagged with <c>error</c> if it did not.</summary>
    public static Histogram<double> HeartbeatDuration { get; } = Worker.CreateHistogram<double>("experiments.heartbeat.duration", Seconds);

    /// <summary>The time to append points to the stream in Redis; tagged with <c>error</c> if that failed.</summary>
    public static Histogram<double> AppendDuration { get; } = Stream.CreateHistogram<double>("experiments.points.append_duration", Seconds);
}
