using System.Diagnostics.Metrics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>What is measured of the system, besides what ASP.NET Core, HTTP clients, MassTransit and the runtime measure. docs/operating.md lists them.</summary>
public static class ExperimentsMetrics
{
    /// <summary>Runs by <c>status</c>; the Orchestrator counts them when it is asked.</summary>
    public const string Runs = "experiments.runs";

    private const string Seconds = "s";

    private static readonly Meter Orchestrator = new(ExperimentsTelemetry.OrchestratorName);
    private static readonly Meter Worker = new(ExperimentsTelemetry.GpuWorkerName);
    private static readonly Meter Stream = new(ExperimentsTelemetry.MetricStreamName);

    /// <summary>From when a run could have begun, or its attempt before ended, until a worker claimed it.</summary>
    public static Histogram<double> QueueWait { get; } = Orchestrator.CreateHistogram<double>("experiments.run.queue_wait", Seconds);

    /// <summary>Leases that ended without a heartbeat.</summary>
    public static Counter<long> LeasesLost { get; } = Orchestrator.CreateCounter<long>("experiments.leases.lost", "{lease}");

    /// <summary>Metric points that were stored for good.</summary>
    public static Counter<long> PointsArchived { get; } = Orchestrator.CreateCounter<long>("experiments.points.archived", "{point}");

    /// <summary>From when the newest point of a page was measured until it was stored.</summary>
    public static Histogram<double> ArchiveLag { get; } = Orchestrator.CreateHistogram<double>("experiments.points.archive_lag", Seconds);

    /// <summary>By <c>model</c> and <c>dataset</c>.</summary>
    public static Histogram<double> EpochDuration { get; } = Worker.CreateHistogram<double>("experiments.epoch.duration", Seconds);

    /// <summary>Of the epoch that finished last, by <c>model</c> and <c>dataset</c>.</summary>
    public static Gauge<double> ImagesPerSecond { get; } = Worker.CreateGauge<double>("experiments.images_per_second", "{image}/s");

    /// <summary>Reports of a worker that have not reached the broker.</summary>
    public static UpDownCounter<long> ReportsBehind { get; } = Worker.CreateUpDownCounter<long>("experiments.reports.behind", "{report}");

    /// <summary>Points of curves that a worker could not hand to the metric stream, by <c>reason</c>.</summary>
    public static Counter<long> PointsDropped { get; } = Worker.CreateCounter<long>("experiments.points.dropped", "{point}");

    /// <summary>Of the worker's <c>device</c>: all processes on a GPU, this one on the CPU.</summary>
    public static Gauge<long> DeviceMemory { get; } = Worker.CreateGauge<long>("experiments.device.memory", "By");

    /// <summary>Until the Orchestrator has answered; <c>error</c> where it did not.</summary>
    public static Histogram<double> HeartbeatDuration { get; } = Worker.CreateHistogram<double>("experiments.heartbeat.duration", Seconds);

    /// <summary>To append points to the stream in Redis; <c>error</c> where it failed.</summary>
    public static Histogram<double> AppendDuration { get; } = Stream.CreateHistogram<double>("experiments.points.append_duration", Seconds);
}
