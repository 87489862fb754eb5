using CsCheck;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.State.Entities;

public sealed class RunStateTests
{
    private const int MaxAttempts = 3;

    private static readonly RunState New = new(RunStatus.Pending, 0, MaxAttempts);

    [Theory]
    [InlineData(FailureKind.Invalid)]
    [InlineData(FailureKind.Data)]
    [InlineData(FailureKind.Diverged)]
    public void End_FailureThatWouldRepeat_FailsWithoutRetry(FailureKind kind)
    {
        RunState? ended = Running().End(1, AttemptOutcome.Failed, kind);

        Assert.Equal(new RunState(RunStatus.Failed, 1, MaxAttempts), ended);
    }

    [Fact]
    public void End_CrashesUntilNoTryIsLeft_FailsThen()
    {
        RunState state = Running();
        for (int attempt = 1; attempt < MaxAttempts; attempt++)
        {
            state = state.End(attempt, AttemptOutcome.Failed, FailureKind.Crash)!.Value;
            Assert.Equal(RunStatus.Queued, state.Status);
            state = state.Claim()!.Value;
        }

        Assert.Equal(RunStatus.Failed, state.End(MaxAttempts, AttemptOutcome.Lost, FailureKind.Lost)!.Value.Status);
    }

    [Fact]
    public void End_OutOfMemory_IsTriedOnceWithSmallerPartsThenFails()
    {
        RunState again = Running().End(1, AttemptOutcome.Failed, FailureKind.OutOfMemory)!.Value;
        Assert.Equal(new RunState(RunStatus.Queued, 1, MaxAttempts, BatchParts: 2), again);

        RunState failed = again.Claim()!.Value.End(2, AttemptOutcome.Failed, FailureKind.OutOfMemory)!.Value;

        Assert.Equal(new RunState(RunStatus.Failed, 2, MaxAttempts, BatchParts: 2), failed);
        Assert.Equal(1, failed.Retry(MaxAttempts)!.Value.BatchParts);
    }

    [Theory]
    [InlineData(AttemptOutcome.HandedBack, null, RunStatus.Paused)]
    [InlineData(AttemptOutcome.Lost, FailureKind.Lost, RunStatus.Paused)]
    [InlineData(AttemptOutcome.Failed, FailureKind.Crash, RunStatus.Paused)]
    [InlineData(AttemptOutcome.Failed, FailureKind.OutOfMemory, RunStatus.Paused)]
    [InlineData(AttemptOutcome.Failed, FailureKind.Diverged, RunStatus.Paused)]
    [InlineData(AttemptOutcome.Completed, null, RunStatus.Completed)]
    [InlineData(AttemptOutcome.Cancelled, null, RunStatus.Cancelled)]
    public void End_OfAHeldRun_PausesItWithoutUsingUpATry(AttemptOutcome outcome, FailureKind? failure, RunStatus expected) =>
        Assert.Equal(new RunState(expected, 1, MaxAttempts), Running().Hold(RunStatus.Paused)!.Value.End(1, outcome, failure));

    [Fact]
    public void Promote_BeforeTheAttemptOfAHeldRunEnds_LetsItContinue()
    {
        RunState promoted = Running().Hold(RunStatus.Stopped)!.Value.Promote()!.Value;

        Assert.Equal(RunStatus.Queued, promoted.End(1, AttemptOutcome.HandedBack, null)!.Value.Status);
        Assert.Null(Running().Promote());
    }

    [Theory]
    [InlineData(FailureKind.Crash, RunStatus.Queued)]
    [InlineData(FailureKind.Invalid, null)]
    public void Pardon_FailedRun_WaitsAgainOnlyWhereTheWorkerMayBeToBlame(FailureKind failure, RunStatus? expected)
    {
        var failed = new RunState(RunStatus.Failed, 3, 0);

        Assert.Equal(expected, failed.Pardon(failure, 2)?.Status);
    }

    [Fact]
    public void End_HandedBackOften_UsesUpNoTry()
    {
        RunState state = Running();
        for (int attempt = 1; attempt <= 10; attempt++)
        {
            state = state.End(attempt, AttemptOutcome.HandedBack, null)!.Value.Claim()!.Value;
        }

        Assert.Equal(new RunState(RunStatus.Running, 11, MaxAttempts), state);
    }

    [Fact]
    public void End_StaleAttempt_IsIgnored()
    {
        RunState second = Running().End(1, AttemptOutcome.Lost, null)!.Value.Claim()!.Value;

        Assert.Null(second.End(1, AttemptOutcome.Completed, null));
    }

    [Fact]
    public void Retry_FailedRun_HasAllTriesAgain()
    {
        RunState failed = Running().End(1, AttemptOutcome.Failed, FailureKind.Invalid)!.Value;

        Assert.Equal(new RunState(RunStatus.Queued, 1, 5), failed.Retry(5));
    }

    /// <summary>In any order of events: the number of attempts only grows, by claims alone, and an ended run stays ended unless a user retries it.</summary>
    [Fact]
    public void Apply_AnySequenceOfEvents_KeepsTheRules() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 8], Gen.Enum<AttemptOutcome>(), Gen.Enum<FailureKind>()).Array[0, 60].Sample(events =>
        {
            RunState state = New;
            int leases = 0;
            foreach ((int kind, int attempt, AttemptOutcome outcome, FailureKind failure) in events)
            {
                RunState? next = kind switch
                {
                    0 => state.After(RunCause.Dispatched),
                    1 or 2 => state.Claim(),
                    3 => state.After(RunCause.Cancelled),
                    4 => state.Retry(MaxAttempts),
                    _ => state.End(attempt, outcome, failure),
                };
                if (next is not { } after)
                {
                    continue;
                }

                leases += after.Attempt - state.Attempt;
                Assert.Equal(kind is 1 or 2 ? state.Attempt + 1 : state.Attempt, after.Attempt);
                Assert.True(!RunTransitions.HasEnded(state.Status) || kind == 4, $"{state} was moved by {kind} to {after}");
                Assert.NotEqual(RunStatus.Completed, state.Status);
                Assert.True(kind < 5 || (state.Status == RunStatus.Running && attempt == state.Attempt), $"{state} was ended by attempt {attempt}");
                Assert.InRange(after.TriesLeft, 0, MaxAttempts);
                Assert.True(after.TriesLeft > 0 || after.Status is RunStatus.Failed, $"{after} has no try left");
                state = after;
            }

            Assert.Equal(leases, state.Attempt);
        });

    private static RunState Running() => New.After(RunCause.Dispatched)!.Value.Claim()!.Value;
}
