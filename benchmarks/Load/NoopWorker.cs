using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Load;

/// <summary>A worker whose training ends immediately.</summary>
internal static class NoopWorker
{
    /// <summary>The command that makes this program such a worker.</summary>
    public const string Command = "noop-worker";

    public static Task<int> RunAsync(string[] arguments) => ScriptedWorker.RunAsync<NoTraining>(arguments);

    private sealed class NoTraining : ITrainer
    {
        public Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken) => Task.CompletedTask;

        public TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel) => TrainingOutcome.Completed;
    }
}
