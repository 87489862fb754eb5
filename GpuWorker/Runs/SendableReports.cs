using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.GpuWorker.Runs;

/// <summary>Ensures that the reports of an attempt can be sent, and that it fails with a message if they cannot.</summary>
internal static class SendableReports
{
    /// <exception cref="TrainingException">The epoch can never be reported: further training would be pointless.</exception>
    public static void ThrowIfUnsendable(EpochFinished epoch)
    {
        if (MessageCheck.WhyUnsendable(epoch) is { } problem)
        {
            throw new TrainingException(FailureKind.Crash, $"epoch {epoch.Epoch} cannot be reported: {problem}");
        }
    }

    /// <summary>
    /// The end itself if it can be sent. It repeats epochs in case the broker lost them: those that make it too large are dropped, earliest first.
    /// If one of the epochs itself cannot be sent, a completed attempt counts as failed: its report would be incomplete.
    /// </summary>
    public static AttemptEnded Of(AttemptEnded end)
    {
        if (MessageCheck.WhyUnsendable(end) is not { } problem)
        {
            return end;
        }

        AttemptEnded withoutEpochs = end with { Epochs = [] };
        if (MessageCheck.WhyUnsendable(withoutEpochs) is { } other)
        {
            return Failed(end, other) with { Epochs = [], Artifacts = [] };
        }

        EpochFinished[] sendable = [.. end.Epochs.Where(epoch => MessageCheck.WhyUnsendable(epoch) is null)];
        AttemptEnded told = sendable.Length == end.Epochs.Count || end.Outcome != AttemptOutcome.Completed ? end : Failed(end, problem);
        return Shortened(told with { Epochs = sendable });
    }

    private static AttemptEnded Shortened(AttemptEnded end)
    {
        AttemptEnded shortened = end;
        while (shortened.Epochs.Count > 0 && MessageCheck.WhyUnsendable(shortened) is not null)
        {
            shortened = shortened with { Epochs = [.. shortened.Epochs.Skip((shortened.Epochs.Count + 1) / 2)] };
        }

        return shortened;
    }

    private static AttemptEnded Failed(AttemptEnded end, string problem) => end with
    {
        Outcome = end.Outcome == AttemptOutcome.Completed ? AttemptOutcome.Failed : end.Outcome,
        Failure = end.Outcome == AttemptOutcome.Completed
            ? new RunFailure(FailureKind.Crash, $"the outcome of the attempt cannot be reported: {problem}")
            : end.Failure is { } failure ? new RunFailure(failure.Kind, $"it failed, but the failure cannot be reported: {problem}") : null,
    };
}
