using Experiments.Contracts.Runs;

namespace Experiments.TestSystem.Chaos;

/// <summary>Checks that a run completes in exactly one attempt, its last, and has one attempt at a time. Pure.</summary>
internal static class AttemptProof
{
    public static IEnumerable<Wrong> Of(RunRecord run)
    {
        AttemptRecord[] completed = [.. run.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Completed)];
        if (run.Status != RunStatus.Completed || completed.Length == 0)
        {
            yield return new Wrong(WrongKind.Lost, $"is {run.Status} with {completed.Length} completed attempts");
        }

        if (completed.Length > 1 || (completed.Length == 1 && run.Attempts[^1] != completed[0]))
        {
            yield return new Wrong(WrongKind.Duplicated, $"attempts end with {string.Join(", ", run.Attempts.Select(attempt => attempt.Outcome))}");
        }

        if (!run.Attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, run.Attempt)))
        {
            yield return new Wrong(WrongKind.Duplicated, $"is at attempt {run.Attempt}, and has attempts {string.Join(' ', run.Attempts.Select(attempt => attempt.Number))}");
        }

        foreach ((AttemptRecord attempt, AttemptRecord next) in run.Attempts.Zip(run.Attempts.Skip(1)))
        {
            if (attempt.EndedAt is not { } end || end > next.StartedAt)
            {
                yield return new Wrong(WrongKind.Duplicated, $"attempt {next.Number} began at {next.StartedAt:O}, when attempt {attempt.Number} had not ended ({attempt.EndedAt:O})");
            }
        }

        foreach (AttemptRecord attempt in run.Attempts.Where(attempt => attempt.Outcome is null or AttemptOutcome.Failed or AttemptOutcome.Cancelled))
        {
            yield return new Wrong(WrongKind.Lost, $"attempt {attempt.Number} on {attempt.WorkerId} ended with {attempt.Outcome?.ToString() ?? "nothing"}, without a cause");
        }
    }
}
