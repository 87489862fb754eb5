using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>A token as stored. Its secret is not: the hash of a random secret of 256 bits can be checked, but not be turned back.</summary>
public sealed class AccessToken
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string User { get; init; }

    public required TokenRole Role { get; init; }

    /// <summary>The SHA-256 of the secret, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
