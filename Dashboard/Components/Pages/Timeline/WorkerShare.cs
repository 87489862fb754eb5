using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>What a worker did for a sweep.</summary>
/// <param name="Broken">Attempts that failed or were lost.</param>
/// <param name="Epochs">Epochs it finished.</param>
/// <param name="Busy">The total time of its attempts.</param>
/// <param name="Share">The busy share of the time from its first attempt to the end of its last one, or until now: 0 to 1.</param>
public sealed record WorkerShare(AttemptWorker Worker, int Attempts, int Completed, int Broken, int Epochs, TimeSpan Busy, double Share)
{
    /// <summary>One for each worker, in order. Pure.</summary>
    public static IReadOnlyList<WorkerShare> Of(SweepAttempts attempts, DateTimeOffset now)
    {
        ILookup<int, int> byWorker = Enumerable.Range(0, attempts.Runs.Count).ToLookup(attempt => attempts.WorkerIndexes[attempt]);
        return [.. attempts.Workers.Index().Select(worker => Of(worker.Item, [.. byWorker[worker.Index]], attempts, now))];
    }

    private static WorkerShare Of(AttemptWorker worker, int[] own, SweepAttempts attempts, DateTimeOffset now)
    {
        DateTimeOffset End(int attempt) => attempts.EndedAt[attempt] ?? now;
        var busy = new TimeSpan(own.Sum(attempt => Math.Max(0, (End(attempt) - attempts.StartedAt[attempt]).Ticks)));
        TimeSpan span = own.Max(End) - own.Min(attempt => attempts.StartedAt[attempt]);
        return new WorkerShare(
            worker,
            own.Length,
            own.Count(attempt => attempts.Outcomes[attempt] == AttemptOutcome.Completed),
            own.Count(attempt => attempts.Outcomes[attempt] is AttemptOutcome.Failed or AttemptOutcome.Lost),
            own.Sum(attempt => attempts.LastEpochs[attempt] - attempts.FirstEpochs[attempt]),
            busy,
            span > TimeSpan.Zero ? Math.Min(1, busy / span) : 1);
    }
}
