using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Tests.Pages.Timeline;

/// <summary>Sample attempts.</summary>
internal static class TimelineSamples
{
    /// <summary>Seconds after <see cref="Samples.Time"/>.</summary>
    public static DateTimeOffset At(double seconds) => Samples.Time.AddSeconds(seconds);

    /// <param name="attempts">Worker, start and end in seconds, and how it ended.</param>
    public static SweepAttempts Of(params (int Worker, double Start, double? End, AttemptOutcome? Outcome)[] attempts) => new()
    {
        Workers = attempts.Length == 0 ? [] : [new AttemptWorker("gpu-a", "box", "cuda:0"), new AttemptWorker("gpu-b", null, null)],
        Runs = [.. attempts.Select((_, index) => $"r{index + 1}")],
        Cells = [.. attempts.Select((_, index) => index + 1)],
        Attempts = [.. attempts.Select(_ => 1)],
        WorkerIndexes = [.. attempts.Select(attempt => attempt.Worker)],
        StartedAt = [.. attempts.Select(attempt => At(attempt.Start))],
        EndedAt = [.. attempts.Select(attempt => attempt.End is { } end ? At(end) : (DateTimeOffset?)null)],
        Outcomes = [.. attempts.Select(attempt => attempt.Outcome)],
        Failures = [.. attempts.Select(attempt => attempt.Outcome switch
        {
            AttemptOutcome.Failed => FailureKind.Crash,
            AttemptOutcome.Lost => FailureKind.Lost,
            _ => (FailureKind?)null,
        })],
        FirstEpochs = [.. attempts.Select(_ => 0)],
        LastEpochs = [.. attempts.Select(attempt => attempt.Outcome == AttemptOutcome.Completed ? 5 : 1)],
    };

    /// <summary>One completed and one crashed on the first worker, one lost and one running on the other.</summary>
    public static SweepAttempts Mixed { get; } = Of(
        (0, 0, 100, AttemptOutcome.Completed), (1, 0, 50, AttemptOutcome.Lost), (1, 60, null, null), (0, 110, 150, AttemptOutcome.Failed));
}
