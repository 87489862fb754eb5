namespace Experiments.Orchestrator.Storage;

/// <summary>The section <c>Storage</c> of the configuration.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of the databases; created if it does not exist.</summary>
    public string Root { get; set; } = "data";
}
