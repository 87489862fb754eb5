using System.Net.Http.Json;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.TestSystem.Seeding;

/// <summary>A sweep with synthetic results: launched normally, then completed by writing results into the database.</summary>
public static class SeededSweep
{
    /// <summary>The iterations of each run.</summary>
    public const int Iterations = 100_000;

    /// <summary>Creates a completed sweep over learning rate, weight decay, seed and the given models, if any.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateAsync(OrchestratorHost host, int runs, int epochs, params string[] models)
    {
        int seeds = Math.Max(1, runs / 50 / Math.Max(1, models.Length));
        string axis = models.Length == 0 ? "" : $""" "model": [{string.Join(", ", models.Select(model => $"\"{model}\""))}], """;
        string spec = $$"""
            {
              "name": "{{runs:N0}} runs", "dataset": "digits", "base": { "epochs": {{epochs}} }, "maxRuns": {{runs}}, "reuse": false,
              "grid": {{{axis}}
                "learningRate": [{{string.Join(", ", Enumerable.Range(1, 10).Select(i => i / 1000.0))}}],
                "weightDecay": [0, 0.0001, 0.0003, 0.001, 0.003],
                "seed": [{{string.Join(", ", Enumerable.Range(1, seeds))}}]
              }
            }
            """;
        using var body = new StringContent(spec, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await host.Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        string id = (await response.Content.ReadFromJsonAsync<SweepView>(ContractJson.Options))!.Id;
        await host.Services.GetRequiredService<StateWriter>().WriteAsync(unit => CompleteAsync(unit.Db, id), CancellationToken.None);
        return id;
    }

    private static async Task CompleteAsync(StateContext db, string sweepId)
    {
        Sweep sweep = await db.Sweeps.SingleAsync(candidate => candidate.Id == sweepId);
        foreach (Run run in await db.Runs.Where(candidate => candidate.SweepId == sweepId).ToListAsync())
        {
            double accuracy = 0.5 + (0.5 * Noise(run.Cell));
            run.State = run.State with { Status = RunStatus.Completed, Attempt = 1 };
            (run.WorkerId, run.Epoch) = ("worker", run.Epochs);
            (run.StartedAt, run.FinishedAt) = (sweep.CreatedAt.AddSeconds(run.Cell), sweep.CreatedAt.AddSeconds(run.Cell + 60));
            run.TrainedTicks = TimeSpan.FromSeconds(60).Ticks;
            run.BestObjective = accuracy;
            run.Summary = RunSummary.Write(RunSummary.Add(
                RunSummary.Read("{}"),
                run.Epochs,
                new Dictionary<string, double>
                {
                    [MetricNames.ValidationAccuracy] = accuracy,
                    [MetricNames.ValidationLoss] = 1 - accuracy,
                    [MetricNames.TrainLoss] = 0.9 - (accuracy / 2),
                    [MetricNames.TrainAccuracy] = accuracy,
                },
                isNewest: true));
            db.Attempts.Add(new Attempt
            {
                RunId = run.Id,
                Number = 1,
                WorkerId = "worker",
                StartedAt = run.StartedAt.Value,
                EndedAt = run.FinishedAt,
                Outcome = AttemptOutcome.Completed,
                LastEpoch = run.Epochs,
                LastIteration = Iterations,
                HasCheckpoint = true,
            });
        }

        (sweep.Status, sweep.FinishedAt) = (SweepStatus.Completed, sweep.CreatedAt.AddHours(1));
    }

    /// <summary>A pseudo-random value between 0 and 1 that depends only on the number.</summary>
    public static double Noise(int number) => (uint)(number * 2_654_435_761) / (double)uint.MaxValue;
}
