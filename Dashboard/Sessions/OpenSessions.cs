using System.Collections.Concurrent;

namespace Experiments.Dashboard.Sessions;

/// <summary>
/// The users with open pages. The stream of changes, which all pages share, is read with the token of one of them: a dashboard needs no token of its own, and
/// reads nothing while no one looks.
/// </summary>
public sealed class OpenSessions
{
    private readonly ConcurrentDictionary<Session, bool> _open = [];
    private TaskCompletionSource _opened = NewSignal();

    public void Add(Session session)
    {
        _open[session] = true;
        session.Ended += () => Remove(session);
        Interlocked.Exchange(ref _opened, NewSignal()).TrySetResult();
    }

    public void Remove(Session session) => _open.TryRemove(session, out _);

    /// <summary>A token that is believed to be valid, as soon as there is one.</summary>
    public async Task<Session> AnyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Read before looking, so that a session that opens in between is not missed.
            Task opened = Volatile.Read(ref _opened).Task;
            if (_open.Keys.FirstOrDefault(session => !session.IsEnded) is { } session)
            {
                return session;
            }

            await opened.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends all pages of a token that was revoked here.</summary>
    public void EndOf(string tokenId)
    {
        foreach (Session session in _open.Keys.Where(session => session.TokenId == tokenId))
        {
            session.End();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
