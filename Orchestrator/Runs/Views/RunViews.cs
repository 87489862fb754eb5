using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Finds runs and converts them to API views.</summary>
public sealed class RunViews(IDbContextFactory<StateContext> contexts)
{
    /// <exception cref="ApiException">There is no such run.</exception>
    public async Task<Run> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellationToken)
            ?? throw ApiException.NotFound("run", id);
    }

    /// <summary>The runs that exist, in the order of <paramref name="ids"/>.</summary>
    public async Task<IReadOnlyList<Run>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, Run> found = await db.Runs.AsNoTracking().Where(run => ids.Contains(run.Id)).ToDictionaryAsync(run => run.Id, cancellationToken);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <exception cref="ApiException">There is no such run.</exception>
    public async Task<IReadOnlyList<AttemptView>> AttemptsAsync(string runId, CancellationToken cancellationToken)
    {
        await FindAsync(runId, cancellationToken);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Attempt> attempts = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.RunId == runId && attempt.Number != Attempt.OfStage)
            .OrderBy(attempt => attempt.Number)
            .ToListAsync(cancellationToken);
        return [.. attempts.Select(Show)];
    }

    /// <exception cref="ApiException">There is no such run.</exception>
    public async Task<RunView> GetAsync(string id, CancellationToken cancellationToken) => (await ShowAsync([await FindAsync(id, cancellationToken)], cancellationToken))[0];

    /// <summary>The API views of the runs, in the same order.</summary>
    public async Task<IReadOnlyList<RunView>> ShowAsync(IReadOnlyCollection<Run> runs, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ShowAsync(db, runs, cancellationToken);
    }

    /// <summary>One query for all runs, on the index of open attempts.</summary>
    internal static async Task<IReadOnlyList<RunView>> ShowAsync(StateContext db, IReadOnlyCollection<Run> runs, CancellationToken cancellationToken)
    {
        string[] running = [.. runs.Where(run => run.Status == RunStatus.Running).Select(run => run.Id)];
        Dictionary<string, DateTimeOffset> starts = running.Length == 0 ? [] : await db.Attempts
            .Where(attempt => attempt.EndedAt == null && EF.Parameter(running).Contains(attempt.RunId))
            .ToDictionaryAsync(attempt => attempt.RunId, attempt => attempt.StartedAt, cancellationToken);
        return [.. runs.Select(run => Show(run, starts.TryGetValue(run.Id, out DateTimeOffset start) ? start : null))];
    }

    private static RunView Show(Run run, DateTimeOffset? trainingSince) => new()
    {
        Id = run.Id,
        SweepId = run.SweepId,
        Cell = run.Cell,
        Name = run.Name,
        Key = run.Key,
        Status = run.Status,
        Config = ReadConfig(run.Config),
        Attempt = run.Attempt,
        WorkerId = run.WorkerId,
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        TrainedSeconds = TimeSpan.FromTicks(run.TrainedTicks).TotalSeconds,
        TrainingSince = trainingSince,
        Epoch = run.Epoch,
        Epochs = run.Epochs,
        Summary = RunSummary.Read(run.Summary),
        Decision = StoredDecision.Find(run),
        Failure = Failure(run.FailureKind, run.FailureMessage),
        ReusedFrom = run.ReusedFrom,
        WaitsFor = run.WaitsFor,
        WaitsForEpoch = run.WaitsForEpoch,
        SharedFrom = run.SharedFrom,
        SharedEpochs = run.SharedEpochs,
        Artifacts = JsonSerializer.Deserialize<List<Artifact>>(run.Artifacts, ContractJson.Options)!,
        Tags = run.Tags,
        Notes = run.Notes,
    };

    private static AttemptView Show(Attempt attempt) => new()
    {
        Attempt = attempt.Number,
        WorkerId = attempt.WorkerId,
        Host = attempt.Host,
        Device = attempt.Device,
        StartedAt = attempt.StartedAt,
        EndedAt = attempt.EndedAt,
        Outcome = attempt.Outcome,
        Failure = Failure(attempt.FailureKind, attempt.FailureMessage),
        FirstEpoch = attempt.FirstEpoch,
        BatchParts = attempt.BatchParts,
    };

    private static RunFailure? Failure(FailureKind? kind, string? message) => kind is { } known ? new RunFailure(known, message ?? "") : null;

    /// <summary>Values of other versions are shown as they are. An unreadable value is left out, so that it does not break the whole list.</summary>
    private static Dictionary<string, JsonElement> ReadConfig(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, ContractJson.Options) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
