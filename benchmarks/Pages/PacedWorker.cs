using Experiments.Benchmarks.Load;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Pages;

/// <summary>A worker that does not train, but reports as if it did: one epoch per second with 20 iterations each.</summary>
internal static class PacedWorker
{
    /// <summary>The command that makes this program such a worker.</summary>
    public const string Command = "paced-worker";

    /// <summary>Its value is the time of sending in milliseconds since 1970, from which a page's delay can be computed.</summary>
    public const string TimeMetric = MetricNames.TrainLoss;

    private const int Iterations = 20;
    private static readonly TimeSpan IterationTime = TimeSpan.FromMilliseconds(47);

    public static Task<int> RunAsync(string[] arguments) => ScriptedWorker.RunAsync<Trainer>(arguments);

    private sealed class Trainer(TimeProvider time) : ITrainer
    {
        public Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken) => Task.CompletedTask;

        public TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
        {
            for (int epoch = job.Epochs.First + 1; epoch <= job.Epochs.Last; epoch++)
            {
                for (int iteration = 1; iteration <= Iterations; iteration++)
                {
                    if (stop.WaitHandle.WaitOne(IterationTime))
                    {
                        return TrainingOutcome.Stopped;
                    }

                    cancel.ThrowIfCancellationRequested();
                    listener.OnMetric(MetricNames.BatchLoss, ((epoch - 1) * Iterations) + iteration, 1.0 / epoch);
                }

                Tell(listener, epoch);
            }

            return TrainingOutcome.Completed;
        }

        private void Tell(ITrainingListener listener, int epoch)
        {
            var metrics = new Dictionary<string, double>
            {
                [TimeMetric] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                [MetricNames.ValidationAccuracy] = 1 - (1.0 / (epoch + 1)),
                [MetricNames.ValidationLoss] = 1.0 / epoch,
            };
            foreach ((string name, double value) in metrics)
            {
                listener.OnMetric(name, epoch, value);
            }

            listener.OnEpochFinished(new EpochResult(epoch, epoch * Iterations, metrics));
        }
    }
}
