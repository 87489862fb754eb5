using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>What was in some files, kept for when they have changed.</summary>
public sealed class InputDigest
{
    /// <summary>Data or weights.</summary>
    public required RunInput Input { get; init; }

    /// <summary>The full path of the folder or file: others may look the same and have other contents.</summary>
    public required string Path { get; init; }

    /// <summary>See <see cref="SeenFiles.Stamp"/>.</summary>
    public required string Stamp { get; init; }

    /// <summary>Of names and contents, see <see cref="ServiceDefaults.Files.FileSet.ReadContent"/>.</summary>
    public required string Digest { get; init; }
}
