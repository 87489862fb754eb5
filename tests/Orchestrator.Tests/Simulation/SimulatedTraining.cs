using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Trains an attempt as GpuWorker does, with simulated time instead of work.</summary>
internal sealed class SimulatedTraining(World world, SimulatedAttempt attempt, Func<TimeSpan, Task> pauseAsync, Action<object> report)
{
    private const int IterationsPerEpoch = 3;

    private RunClaimed Claim => attempt.Claim;

    private DateTimeOffset Now => world.Loop.Clock.GetUtcNow();

    /// <returns>The end to report; null when the lease was lost.</returns>
    public async Task<AttemptEnded?> RunAsync()
    {
        int epochs = TakeOver();
        TimeSpan iteration = world.Luck.Between(0.1, world.Luck.Next(4) == 0 ? 8 : 2);
        while (epochs < Claim.Epochs.Last)
        {
            for (int i = 0; i < IterationsPerEpoch; i++)
            {
                await pauseAsync(iteration);
                if (attempt.Directive != AttemptDirective.Continue)
                {
                    return Stop(epochs);
                }
            }

            if (world.Failures.Next(Claim.RunId) is { } kind)
            {
                return attempt.End(AttemptOutcome.Failed, Now, kind);
            }

            epochs++;
            world.Folder.Save(Claim, epochs);
            world.Stream.Append(attempt.Points(epochs, Now));
            report(attempt.Epoch(epochs, Now));
        }

        return attempt.End(epochs < Claim.Hyperparameters.Epochs ? AttemptOutcome.HandedBack : AttemptOutcome.Completed, Now);
    }

    /// <summary>Loads the checkpoint to resume from, and reports its epochs that were never reported.</summary>
    private int TakeOver()
    {
        int epochs = 0;
        if (Claim.ResumeFromAttempt is not null)
        {
            epochs = world.Folder.Load(Claim);
            world.Folder.Save(Claim, epochs);
        }

        if (epochs < Claim.Epochs.First)
        {
            throw new InvariantException(
                $"{Claim.RunId}, attempt {Claim.Attempt}, should begin after epoch {Claim.Epochs.First}, but its checkpoint has {epochs} epochs");
        }

        for (int epoch = Claim.Epochs.First + 1; epoch <= epochs; epoch++)
        {
            world.Stream.Append(attempt.Points(epoch, Now));
            report(attempt.Epoch(epoch, Now));
        }

        return epochs;
    }

    private AttemptEnded? Stop(int epochs)
    {
        switch (attempt.Directive)
        {
            case AttemptDirective.HandBack:
                world.Folder.Save(Claim, epochs);
                return attempt.End(AttemptOutcome.HandedBack, Now);
            case AttemptDirective.Cancel:
                return attempt.End(AttemptOutcome.Cancelled, Now);
            default:
                return null;
        }
    }
}
