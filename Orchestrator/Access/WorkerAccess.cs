using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Access;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Access;

/// <summary>
/// Checks the tokens in the messages of workers. A message about an attempt needs the token that claimed its run. Workers in this process, which are on
/// its bus in memory, need none.
/// </summary>
public sealed class WorkerAccess(
    TokenTable tokens, LeaseTable leases, IDbContextFactory<StateContext> contexts, IMessageBusInfo bus, IOptions<AccessOptions> access, ILogger<WorkerAccess> logger)
{
    private bool IsRequired => access.Value.Mode == AccessMode.Tokens && bus.IsDurable;

    /// <summary>The token of a message that is not about an attempt.</summary>
    public WorkerCaller Check(MessageContext message)
    {
        if (!IsRequired)
        {
            return new WorkerCaller(null, null);
        }

        string? secret = message.Headers.Get<string>(WorkerToken.MessageHeader);
        return secret is null ? Refused($"it has no token; set {WorkerToken.Key} at the worker")
            : tokens.Use(secret) is not { } token ? Refused($"its token is unknown, expired or revoked; set {WorkerToken.Key} at the worker to a valid one")
            : token.Role != TokenRole.Worker ? Refused($"the role of its token \"{token.Name}\" is {Contracts.Text.EnumText.Of(token.Role)}; allowed: worker")
            : new WorkerCaller(token.Id, null);
    }

    /// <summary>The token of a message about an attempt, which has to be that of the claim.</summary>
    public async Task<WorkerCaller> CheckAsync(MessageContext message, string? runId, int attempt, CancellationToken cancellationToken)
    {
        WorkerCaller caller = Check(message);
        return !IsRequired || caller.Problem is not null || await TokenOfAsync(runId, attempt, cancellationToken) == caller.TokenId
            ? caller
            : Refused($"another token claimed attempt {attempt} of run \"{runId}\"");
    }

    /// <summary>Checks a report, and logs one that is refused: its sender does not wait for an answer.</summary>
    public async Task<bool> MayReportAsync(MessageContext message, string? runId, int attempt, string? workerId, CancellationToken cancellationToken)
    {
        if ((await CheckAsync(message, runId, attempt, cancellationToken)).Problem is not { } problem)
        {
            return true;
        }

        logger.LogWarning("A report of worker {WorkerId} about attempt {Attempt} of run {RunId} is ignored: {Problem}", workerId, attempt, runId, problem);
        return false;
    }

    private async Task<string?> TokenOfAsync(string? runId, int attempt, CancellationToken cancellationToken)
    {
        if (runId is null)
        {
            return null;
        }

        if (leases.Find(runId) is { } lease && lease.Attempt == attempt)
        {
            return lease.TokenId;
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Attempts.Where(a => a.RunId == runId && a.Number == attempt).Select(a => a.TokenId).FirstOrDefaultAsync(cancellationToken);
    }

    private static WorkerCaller Refused(string problem) => new(null, problem);
}

/// <summary>The worker that sent a message.</summary>
/// <param name="TokenId">Its token; null where workers need none, or with a problem.</param>
/// <param name="Problem">Why the message is refused; null when it is not.</param>
public sealed record WorkerCaller(string? TokenId, string? Problem);
