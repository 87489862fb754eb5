using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Whose file is uploaded, and which.</summary>
internal sealed class UploadParameters : QueryParameters
{
    /// <summary>The id of the worker that holds the run's lease.</summary>
    [Required]
    public string? Worker { get; init; }

    /// <summary>The SHA-256 of the whole file: 64 lower-case hexadecimal digits.</summary>
    /// <example>"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"</example>
    [Required]
    public string? Sha256 { get; init; }

    /// <summary>The length of the whole file in bytes.</summary>
    [Required]
    [Range(0d, long.MaxValue)]
    public string? Bytes { get; init; }
}
