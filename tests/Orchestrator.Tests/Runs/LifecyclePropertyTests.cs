using CsCheck;
using Experiments.Orchestrator.Tests.Runs.Lifecycle;
using Experiments.Orchestrator.Tests.Simulation;

namespace Experiments.Orchestrator.Tests.Runs;

/// <summary>Compares the life of runs with a model. A failure prints the shortest sequence found and the seed that reproduces it.</summary>
public sealed class LifecyclePropertyTests
{
    private const int Sequences = 200;

    [Fact]
    public async Task Runs_AnySequenceOfEvents_FollowTheModelAndAllEndWell()
    {
        using var database = new MemoryDatabase();
        await LifecycleStep.Sequences.SampleAsync(
            async steps =>
            {
                using ModelledOrchestrator orchestrator = await ModelledOrchestrator.StartAsync(database);
                foreach (LifecycleStep step in steps)
                {
                    await orchestrator.ApplyAsync(step);
                }

                await orchestrator.FinishAsync();
            },
            iter: Sequences,
            threads: 1,
            print: steps => string.Join("\n", steps));
    }
}
