using Experiments.ServiceDefaults.Hosting;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>The limits of a metric stream; configuration section <c>MetricStream</c>.</summary>
public sealed class MetricStreamOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "MetricStream";

    /// <summary>Younger entries survive a trim, so that a newly opened page has points to show.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The stream never has more entries, even when the archiver does not trim it: the oldest are dropped.</summary>
    [SettingRange(Section, 1, 1_000_000_000)]
    public int MaxEntries { get; set; } = 200_000;

    /// <summary>The most entries in a page.</summary>
    [SettingRange(Section, 1, 1_000_000)]
    public int PageSize { get; set; } = 500;

    /// <summary>The polling interval of a reader at the end of a Redis stream, in case a doorbell message is lost.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The key of the stream in Redis; the name of the doorbell's channel derives from it.</summary>
    public string Key { get; set; } = "experiments:metrics";
}
