using Experiments.Contracts.Api;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Access;

/// <summary>A valid token in memory, and the signal of its end.</summary>
public sealed class KnownToken : IDisposable
{
    private readonly CancellationTokenSource _end;
    private long _usedTicks;
    private long _storedTicks;

    public KnownToken(AccessToken stored, TimeProvider time)
        : this(stored.Id, stored.Name, stored.User, stored.Role, stored.Hash, time, stored.ExpiresAt)
    {
        CreatedAt = stored.CreatedAt;
        _usedTicks = _storedTicks = stored.LastUsedAt?.UtcTicks ?? 0;
    }

    public KnownToken(string id, string name, string user, TokenRole role, string hash, TimeProvider time, DateTimeOffset? expiresAt = null)
    {
        (Id, Name, User, Role, Hash, ExpiresAt) = (id, name, user, role, hash, expiresAt);
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        EndToken = _end.Token;
    }

    public string Id { get; }

    public string Name { get; }

    public string User { get; }

    public TokenRole Role { get; }

    public string Hash { get; }

    public DateTimeOffset? CreatedAt { get; }

    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Given by the configuration, and not in the database.</summary>
    public bool IsConfigured => CreatedAt is null;

    /// <summary>Cancelled when the token is revoked or found to be expired.</summary>
    public CancellationToken EndToken { get; }

    public DateTimeOffset? LastUsedAt => Volatile.Read(ref _usedTicks) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    public void Use(DateTimeOffset now) => Volatile.Write(ref _usedTicks, now.UtcTicks);

    /// <summary>The last use, when it is not stored yet.</summary>
    public DateTimeOffset? TakeUnstoredUse()
    {
        long used = Volatile.Read(ref _usedTicks);
        return !IsConfigured && Interlocked.Exchange(ref _storedTicks, used) != used ? new DateTimeOffset(used, TimeSpan.Zero) : null;
    }

    /// <summary>Ends what was opened with the token.</summary>
    public void End() => _end.Cancel();

    public void Dispose() => _end.Dispose();
}
