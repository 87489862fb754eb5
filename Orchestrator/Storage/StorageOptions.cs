namespace Experiments.Orchestrator.Storage;

/// <summary>The section <c>Storage</c> of the configuration.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder that holds the databases; created if need be.</summary>
    public string Root { get; set; } = "data";
}
