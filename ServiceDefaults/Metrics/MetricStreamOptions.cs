using Experiments.ServiceDefaults.Hosting;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>How much a metric stream keeps; configuration section <c>MetricStream</c>.</summary>
public sealed class MetricStreamOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "MetricStream";

    /// <summary>What is younger survives a trim, so that a page opened now has something to show.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The stream never has more entries, even when the archiver does not trim it: the oldest are dropped.</summary>
    [SettingRange(Section, 1, 1_000_000_000)]
    public int MaxEntries { get; set; } = 200_000;

    /// <summary>Entries in a page at most.</summary>
    [SettingRange(Section, 1, 1_000_000)]
    public int PageSize { get; set; } = 500;

    /// <summary>How long a reader at the end of a Redis stream waits before it looks again without having been called.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The key of the stream in Redis; its doorbell is a channel of nearly the same name.</summary>
    public string Key { get; set; } = "experiments:metrics";
}
