namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>What was in some files, kept for when they have changed.</summary>
public sealed class InputDigest
{
    /// <summary>See <see cref="Contracts.Runs.SeenFiles.Stamp"/>.</summary>
    public required string Stamp { get; init; }

    /// <summary>Of names and contents, see <see cref="ServiceDefaults.Files.FileSet.ReadContent"/>.</summary>
    public required string Digest { get; init; }
}
