using System.Text.Json;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Tests.Simulation;

internal sealed record StoredSweep(string Id, SweepStatus Status, int? MaxConcurrency, int Priority, bool Reuse);

internal sealed record StoredRun(string Id, string SweepId, RunState State, int Epoch, int Epochs, string Key, string? WaitsFor, int? WaitsForEpoch, string? ReusedFrom)
{
    public RunStatus Status => State.Status;

    public int Attempt => State.Attempt;
}

internal sealed record StoredAttempt(
    string RunId, int Number, string WorkerId, bool IsOpen, AttemptOutcome? Outcome, FailureKind? Failure, int FirstEpoch, int LastEpoch);

/// <summary>The committed state, read without EF Core because it is read after every commit.</summary>
internal sealed class StoredState
{
    public required IReadOnlyDictionary<string, StoredSweep> Sweeps { get; init; }

    public required IReadOnlyDictionary<string, StoredRun> Runs { get; init; }

    public required ILookup<string, StoredAttempt> Attempts { get; init; }

    /// <summary>The workers that get no runs, with the runs that crashed on them.</summary>
    public required IReadOnlyDictionary<string, string[]> SetAside { get; init; }

    /// <summary>The deleted runs, and whether their data is removed.</summary>
    public required IReadOnlyDictionary<string, bool> Deleted { get; init; }

    public static StoredState Read(PreparedQueries state) => new()
    {
        Sweeps = state.Rows(
                "SELECT Id, Status, MaxConcurrency, Priority, Reuse FROM Sweeps ORDER BY Id",
                row => new StoredSweep(row.GetString(0), (SweepStatus)row.GetInt32(1), Nullable(row, 2), row.GetInt32(3), row.GetBoolean(4)))
            .ToDictionary(sweep => sweep.Id),
        Runs = state.Rows(
                "SELECT Id, SweepId, Status, Attempt, TriesLeft, BatchParts, Epoch, Epochs, Key, WaitsFor, WaitsForEpoch, ReusedFrom FROM Runs ORDER BY Id",
                row => new StoredRun(
                    row.GetString(0), row.GetString(1), new RunState((RunStatus)row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5)),
                    row.GetInt32(6), row.GetInt32(7), row.GetString(8), Text(row, 9), Nullable(row, 10), Text(row, 11)))
            .ToDictionary(run => run.Id),
        Attempts = state.Rows(
                "SELECT RunId, Number, WorkerId, EndedAt IS NULL, Outcome, FailureKind, FirstEpoch, LastEpoch FROM Attempts WHERE Number <> 0 ORDER BY RunId, Number",
                row => new StoredAttempt(
                    row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetBoolean(3), (AttemptOutcome?)Nullable(row, 4),
                    (FailureKind?)Nullable(row, 5), row.GetInt32(6), row.GetInt32(7)))
            .ToLookup(attempt => attempt.RunId),
        SetAside = state.Rows(
                "SELECT Id, Crashes FROM Workers WHERE SetAsideReason IS NOT NULL ORDER BY Id",
                row => (Id: row.GetString(0), Crashes: JsonSerializer.Deserialize<string[]>(row.GetString(1))!))
            .ToDictionary(worker => worker.Id, worker => worker.Crashes),
        Deleted = state.Rows("SELECT RunId, RemovedAt IS NOT NULL FROM DeletedRuns ORDER BY RunId", row => (Id: row.GetString(0), IsRemoved: row.GetBoolean(1)))
            .ToDictionary(run => run.Id, run => run.IsRemoved),
    };

    /// <summary>Every stored curve: run, metric, steps and values in order.</summary>
    public static ILookup<(string RunId, string Metric), (long Step, double Value)> ReadCurves(PreparedQueries metrics) => metrics.Rows(
            "SELECT s.RunId, s.Name, p.Step, p.Value FROM Points p JOIN Series s ON s.Id = p.SeriesId ORDER BY s.RunId, s.Name, p.Step",
            row => (Curve: (row.GetString(0), row.GetString(1)), Point: (row.GetInt64(2), row.GetDouble(3))))
        .ToLookup(row => row.Curve, row => row.Point);

    private static int? Nullable(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
