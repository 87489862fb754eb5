using System.Collections.Concurrent;
using System.Net;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Sessions;

namespace Experiments.Dashboard.Login;

/// <summary>What the Orchestrator says about a token.</summary>
/// <param name="Me">The user of a valid token; null for any other answer.</param>
/// <param name="Problem">Why there is no user; null with one.</param>
/// <param name="IsRejected">The token is not valid. False when the Orchestrator did not answer.</param>
internal sealed record TokenCheck(MeView? Me, string? Problem, bool IsRejected);

/// <summary>Asks the Orchestrator whether tokens are valid, at most every 30 seconds for each.</summary>
internal sealed class TokenChecks(IServiceScopeFactory scopes, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<string, (TokenCheck Check, long At)> _known = [];

    /// <summary>The answer of the last 30 seconds, or a new one.</summary>
    public async Task<TokenCheck> CheckAsync(string token, CancellationToken cancellationToken) =>
        _known.TryGetValue(token, out (TokenCheck Check, long At) known) && time.GetElapsedTime(known.At) < Interval
            ? known.Check
            : await AskAsync(token, cancellationToken);

    public async Task<TokenCheck> AskAsync(string token, CancellationToken cancellationToken)
    {
        long now = time.GetTimestamp();
        TokenCheck check = await ReadAsync(token, cancellationToken);
        if (check.Me is null)
        {
            _known.TryRemove(token, out _);
            return check;
        }

        if (_known.Count >= MostKept)
        {
            _known.Clear();
        }

        _known[token] = (check, now);
        return check;
    }

    private async Task<TokenCheck> ReadAsync(string token, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Session>().Begin(token);
        try
        {
            MeView me = await scope.ServiceProvider.GetRequiredService<OrchestratorClient>().GetMeAsync(cancellationToken);
            return me.User is null ? new TokenCheck(null, "The Orchestrator does not identify its callers: set Access:Mode=tokens there, too.", false)
                : me.Role == TokenRole.Worker ? new TokenCheck(null, "This token is for a worker. Sign in with a token of a user.", true)
                : new TokenCheck(me, null, false);
        }
        catch (OrchestratorException problem)
        {
            bool isRejected = problem.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests;
            return new TokenCheck(null, isRejected ? "This token is unknown, expired or revoked." : problem.Message, isRejected);
        }
    }
}
