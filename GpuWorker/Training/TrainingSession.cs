using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Distillation;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Progress;
using Experiments.GpuWorker.Training.Steps;

namespace Experiments.GpuWorker.Training;

/// <summary>The parts that one run trains with. Owns them; the folders below take the parts that they use, never the session.</summary>
internal sealed class TrainingSession : IDisposable
{
    // Evaluation keeps nothing for gradients: a batch of this size fits wherever training does.
    private const int SmallestEvaluationBatch = 64;

    public TrainingSession(TrainingJob job, TrainingData data, TrainingNetwork network, Teacher? teacher, TrainingState start)
    {
        Hyperparameters settings = job.Hyperparameters;
        Job = job;
        Data = data;
        Network = network;
        Teacher = teacher;
        Order = new BatchOrder(settings.Seed, data.Training.Count, settings.BatchSize);
        Progress = new TrainingProgress(job, start with { Order = Order.ToString(), Classes = data.Classes, Configuration = settings });

        // Parts that may refuse the configuration come before those that own tensors.
        Batches = new BatchPreparation(settings, data, Order, network.Device, Progress);
        Optimization = new Optimization(settings, network, Order.Iterations, Progress);
        Loss = new LossFunction(settings, data.Training.CountClasses(data.Classes.Count), network.Device);
        Evaluator = new Evaluator(network.Normalizer, network.Device, Math.Max(settings.BatchSize, SmallestEvaluationBatch) / job.BatchParts);
        Checkpoint = new RunCheckpoint(network, Optimization.Optimizer, Progress, data.Classes);
        Weights = new WeightsFile(job, data, network, Progress);
    }

    public TrainingJob Job { get; }

    public Hyperparameters Settings => Job.Hyperparameters;

    public TrainingData Data { get; }

    public TrainingNetwork Network { get; }

    /// <summary>Null when the run learns from the labels alone.</summary>
    public Teacher? Teacher { get; }

    public BatchOrder Order { get; }

    public BatchPreparation Batches { get; }

    public Optimization Optimization { get; }

    public LossFunction Loss { get; }

    public Evaluator Evaluator { get; }

    public TrainingProgress Progress { get; }

    public RunCheckpoint Checkpoint { get; }

    public WeightsFile Weights { get; }

    public void Dispose()
    {
        Optimization.Dispose();
        Loss.Dispose();
        Teacher?.Dispose();
        Network.Dispose();
        Data.Dispose();
    }
}
