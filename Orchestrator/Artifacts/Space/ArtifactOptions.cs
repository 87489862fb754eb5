using Experiments.ServiceDefaults.Hosting;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>How much room artifacts may take; configuration section <c>Artifacts</c>.</summary>
public sealed class ArtifactOptions
{
    public const string Section = "Artifacts";
    public const string MaxBytesKey = $"{Section}:{nameof(MaxBytes)}";
    public const string MinFreeBytesKey = $"{Section}:{nameof(MinFreeBytes)}";

    /// <summary>No attempts are handed out while artifacts take more than this; null for no limit.</summary>
    [SettingRange(Section, 1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>No attempts are handed out while the disk of the artifacts has less than this free.</summary>
    [SettingRange(Section, 0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 1L << 30;
}
