using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>The content digest of some input files, stored in case they change.</summary>
public sealed class InputDigest
{
    /// <summary>Data or weights.</summary>
    public required RunInput Input { get; init; }

    /// <summary>The full path of the folder or file: files elsewhere may have the same metadata and other contents.</summary>
    public required string Path { get; init; }

    /// <summary>See <see cref="SeenFiles.Stamp"/>.</summary>
    public required string Stamp { get; init; }

    /// <summary>A digest of names and contents, see <see cref="ServiceDefaults.Files.FileSet.ReadContent"/>.</summary>
    public required string Digest { get; init; }
}
