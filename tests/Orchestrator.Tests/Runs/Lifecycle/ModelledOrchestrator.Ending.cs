using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <content>How every sequence ends.</content>
internal sealed partial class ModelledOrchestrator
{
    /// <summary>Without further trouble, every run must complete with all its epochs.</summary>
    public async Task FinishAsync()
    {
        while (_late.Count > 0)
        {
            await DeliverLateAsync(new LifecycleStep(LifecycleAct.DeliverLate, 0, 0));
        }

        foreach (int i in Enumerable.Range(0, WorkerIds.Length))
        {
            await ApplyAsync(new LifecycleStep(LifecycleAct.Readmit, i, 0));
            await ApplyAsync(new LifecycleStep(LifecycleAct.ResumeSweep, i, 0));
        }

        await ApplyAsync(new LifecycleStep(LifecycleAct.LeaseExpiry, 0, 0));
        foreach (int i in Enumerable.Range(0, _model.Runs.Count))
        {
            await ApplyAsync(new LifecycleStep(LifecycleAct.RetryRun, i, 0));
        }

        int left;
        while ((left = _model.Runs.Values.Count(run => !RunTransitions.HasEnded(run.Status))) > 0)
        {
            await ApplyAsync(new LifecycleStep(LifecycleAct.Dispatch, 0, 0));
            await ApplyAsync(new LifecycleStep(LifecycleAct.Claim, 0, 0));
            await CompleteNewestAsync();
            Assert.True(_model.Runs.Values.Count(run => !RunTransitions.HasEnded(run.Status)) < left, "a waiting run is never claimed");
        }

        await RemoveDeletedAsync();
        CheckHistories();
    }

    private async Task CompleteNewestAsync()
    {
        while (!_attempts[^1].IsDone)
        {
            await ApplyAsync(new LifecycleStep(LifecycleAct.Epoch, 0, 1));
        }

        await ApplyAsync(new LifecycleStep(LifecycleAct.End, 0, 1));
    }
}
