using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Access;

/// <summary>
/// The tokens that are valid. They are kept in memory by the hashes of their secrets, so that a request needs no query, and a token is refused from the
/// moment in which it is revoked.
/// </summary>
public sealed class TokenTable(
    IDbContextFactory<StateContext> contexts, StateWriter writer, IOptions<ConfiguredTokenOptions> configured, TimeProvider time) : IRestoredAtStart
{
    private readonly ConcurrentDictionary<string, KnownToken> _byHash = [];

    /// <summary>The valid tokens.</summary>
    public IReadOnlyCollection<KnownToken> All => [.. _byHash.Values.Where(token => !token.IsExpired(time.GetUtcNow()))];

    /// <summary>Finds a token by its secret, and records its use. Null when the secret belongs to no valid token.</summary>
    /// <remarks>The lookup takes a hash that callers cannot choose: how long it takes says nothing about secrets.</remarks>
    public KnownToken? Use(string secret)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!_byHash.TryGetValue(TokenSecret.HashOf(secret), out KnownToken? token))
        {
            return null;
        }

        if (token.IsExpired(now))
        {
            Forget(token);
            return null;
        }

        token.Use(now);
        return token;
    }

    /// <summary>Stores a new token.</summary>
    /// <returns>The token, and its secret, which is not stored.</returns>
    public async Task<(KnownToken Token, string Secret)> CreateAsync(
        string name, string user, TokenRole role, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        string secret = TokenSecret.New();
        DateTimeOffset now = time.GetUtcNow();
        var stored = new AccessToken
        {
            Id = EntityId.New(now),
            Name = name,
            User = user,
            Role = role,
            Hash = TokenSecret.HashOf(secret),
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        var token = new KnownToken(stored, time);
        await writer.WriteAsync(
            unit =>
            {
                unit.Db.AccessTokens.Add(stored);
                unit.AfterCommit(() => _byHash[token.Hash] = token);
                return Task.CompletedTask;
            },
            cancellationToken);
        return (token, secret);
    }

    /// <summary>Refuses a token from now on, and ends what was opened with it.</summary>
    /// <returns>False when there is no such token.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            if (await unit.Db.AccessTokens.FindAsync([id], unit.CancellationToken) is not { } stored)
            {
                return false;
            }

            stored.RevokedAt ??= time.GetUtcNow();
            unit.AfterCommit(() => Forget(stored.Hash));
            return true;
        },
        cancellationToken);

    /// <summary>All tokens, with those that are revoked or expired; the newest first, after those of the configuration.</summary>
    public async Task<IReadOnlyList<TokenView>> ReadAsync(CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<AccessToken> stored = await db.AccessTokens.AsNoTracking().OrderByDescending(token => token.Id).ToListAsync(cancellationToken);
        return
        [
            .. _byHash.Values.Where(token => token.IsConfigured).OrderBy(token => token.Name).Select(token =>
                new TokenView(token.Id, token.Name, token.User, token.Role, null, null, token.LastUsedAt, null, IsConfigured: true)),
            .. stored.Select(token => new TokenView(
                token.Id, token.Name, token.User, token.Role, token.CreatedAt, token.ExpiresAt,
                _byHash.GetValueOrDefault(token.Hash)?.LastUsedAt ?? token.LastUsedAt, token.RevokedAt, IsConfigured: false)),
        ];
    }

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach ((string name, ConfiguredToken given) in configured.Value.Tokens)
        {
            string hash = TokenSecret.HashOf(given.Secret!);
            _byHash[hash] = new KnownToken($"configured:{name}", name, name, given.Role, hash, time);
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (AccessToken stored in await db.AccessTokens.AsNoTracking().Where(token => token.RevokedAt == null).ToListAsync(cancellationToken))
        {
            _byHash[stored.Hash] = new KnownToken(stored, time);
        }
    }

    /// <summary>Ends what is open with tokens that have expired.</summary>
    internal void EndExpired()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (KnownToken token in _byHash.Values.Where(token => token.IsExpired(now)))
        {
            Forget(token);
        }
    }

    private void Forget(string hash)
    {
        if (_byHash.TryGetValue(hash, out KnownToken? token))
        {
            Forget(token);
        }
    }

    /// <summary>The token is left to the garbage collector: requests may still hold it.</summary>
    private void Forget(KnownToken token)
    {
        _byHash.TryRemove(token.Hash, out _);
        token.End();
    }
}
