using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Stores sweeps as a launch does, but with reproducible ids.</summary>
internal static class TestSweeps
{
    /// <param name="keys">Sweeps with the same value have equal runs; unique by default.</param>
    /// <param name="shares">Whether its runs begin alike, and like those of other sweeps for which this is true.</param>
    public static void Store(
        StateContext db,
        string id,
        int runs,
        int epochs,
        int maxAttempts,
        DateTimeOffset now,
        int priority = 0,
        int? maxConcurrency = null,
        bool reuse = true,
        string? keys = null,
        StoppingSettings? stopping = null,
        bool shares = false)
    {
        var dataset = new DatasetSpec { Name = "digits" };
        db.Sweeps.Add(new Sweep
        {
            Id = id,
            Name = id,
            Status = SweepStatus.Running,
            CreatedAt = now,
            Spec = "{}",
            Priority = priority,
            MaxAttempts = maxAttempts,
            MaxConcurrency = maxConcurrency,
            Reuse = reuse,
            ObjectiveMetric = MetricNames.ValidationAccuracy,
            ObjectiveGoal = Goal.Maximize,
            Tags = [],
            SearchState = "{}",
            StoppingRule = stopping is null ? null : JsonSerializer.Serialize(stopping),
        });
        for (int cell = 1; cell <= runs; cell++)
        {
            db.Runs.Add(new Run
            {
                Id = $"{id}-run{cell}",
                SweepId = id,
                Cell = cell,
                Key = $"{keys ?? id}-{cell}",
                Status = RunStatus.Pending,
                Config = RunConfig.ToJson(Hyperparameters.Default with { Epochs = epochs, FreezeEpochs = shares ? cell : 0 }, dataset),
                StageKey = shares && epochs > 1 ? "stage" : null,
                BranchKey = shares && epochs > 1 ? "stage" : null,
                Epochs = epochs,
                TriesLeft = maxAttempts,
                CreatedAt = now,
            });
        }

        db.SaveChanges();
    }
}
