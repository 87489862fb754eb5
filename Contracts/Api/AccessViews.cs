namespace Experiments.Contracts.Api;

/// <summary>What the holder of a token may do. Each of the first three includes those before it.</summary>
public enum TokenRole
{
    /// <summary>Reads everything, and changes nothing.</summary>
    Viewer,

    /// <summary>Launches sweeps, and changes sweeps, runs and workers.</summary>
    Operator,

    /// <summary>Manages tokens and reads the audit log.</summary>
    Owner,

    /// <summary>Does what workers do: claims runs, reports, and transfers the files of attempts. Reads nothing else.</summary>
    Worker,
}

/// <summary>A token, without its secret.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="User">The user that it belongs to.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="CreatedAt">Null for a token that the configuration gives.</param>
/// <param name="ExpiresAt">When it ends to be valid; null for never.</param>
/// <param name="LastUsedAt">Exact to a minute; null before its first use.</param>
/// <param name="RevokedAt">When it was revoked; null while it was not.</param>
/// <param name="IsConfigured">Given by the setting <c>Access:Tokens</c>: only a change of that setting revokes it.</param>
public sealed record TokenView(
    string Id,
    string Name,
    string User,
    TokenRole Role,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    bool IsConfigured);

/// <summary>The answer to the creation of a token, the only one that has its secret.</summary>
/// <param name="Token">The secret, to be sent as <c>Authorization: Bearer …</c>.</param>
public sealed record NewToken(
    string Id,
    string Name,
    string User,
    TokenRole Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    string Token);

/// <summary>The request for a new token.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="User">The user that it belongs to; the caller if left out.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="ExpiresAt">When it ends to be valid; never if left out.</param>
public sealed record CreateToken(string Name, string? User, TokenRole Role, DateTimeOffset? ExpiresAt);

/// <summary>The caller.</summary>
/// <param name="Mode"><c>open</c> where callers are not identified, so that each may do everything; else <c>tokens</c>.</param>
/// <param name="User">Null where callers are not identified.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="TokenId">The token of the call; null where callers are not identified.</param>
/// <param name="TokenName">Its name.</param>
/// <param name="ExpiresAt">When it ends to be valid; null for never.</param>
public sealed record MeView(string Mode, string? User, TokenRole Role, string? TokenId, string? TokenName, DateTimeOffset? ExpiresAt);

/// <summary>An entry of the audit log: a call that changed something, or was not allowed to.</summary>
/// <param name="Time">When the call was answered.</param>
/// <param name="User">Null for a caller without a valid token.</param>
/// <param name="TokenName">The name of the caller's token; null without a valid one.</param>
/// <param name="Address">The address that the connection came from. For a call of a dashboard, that of the browser follows: <c>10.0.0.2 for 10.0.0.7</c>.</param>
/// <param name="Action">The name of the operation, as in the OpenAPI document.</param>
/// <param name="Path">The path of the request.</param>
/// <param name="SweepId">The sweep that was changed; null for other changes.</param>
/// <param name="RunId">The run that was changed; null for other changes.</param>
/// <param name="WorkerId">The worker that was changed; null for other changes.</param>
/// <param name="Status">The status of the answer: from 400 the change was refused or failed.</param>
public sealed record AuditEntryView(
    long Id,
    DateTimeOffset Time,
    string? User,
    string? TokenName,
    string? Address,
    string Action,
    string Path,
    string? SweepId,
    string? RunId,
    string? WorkerId,
    int Status);
