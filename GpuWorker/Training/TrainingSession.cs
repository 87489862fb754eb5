using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Distillation;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Progress;
using Experiments.GpuWorker.Training.Schedules;
using Experiments.GpuWorker.Training.Steps;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Everything that one run trains with, and where it stands. Owns all of it.</summary>
internal sealed class TrainingSession : IDisposable
{
    // Evaluation keeps nothing for gradients, so that this fits wherever training does.
    private const int SmallestEvaluationBatch = 64;

    public TrainingSession(TrainingJob job, TrainingData data, ImageModel model, WeightAverage? average, Teacher? teacher, ForwardMode mode, Device device)
    {
        Job = job;
        Data = data;
        Model = model;
        Average = average;
        Teacher = teacher;
        Mode = mode;
        Device = device;
        Parameters = [.. model.named_parameters()];

        // What may be refused comes before what has tensors of its own.
        Augmentation = ImageAugmentation.Of(Settings.Augmentation);
        Schedule = ScheduleRegistry.Create(Settings);
        Order = new BatchOrder(Settings.Seed, data.Training.Count, Settings.BatchSize);
        Optimizer = new Optimizer(OptimizerRegistry.All[EnumText.Of(Settings.Optimizer)](Settings), Parameters, get_num_threads());
        Loss = new LossFunction(Settings, data.Training.CountClasses(data.Classes.Count), device);
        Normalizer = new ImageNormalizer(data.Statistics, device);
        Evaluator = new Evaluator(Normalizer, device, Math.Max(Settings.BatchSize, SmallestEvaluationBatch) / job.BatchParts);
        State = new TrainingState { Order = Order.ToString(), Classes = data.Classes };
    }

    public TrainingJob Job { get; }

    public Hyperparameters Settings => Job.Hyperparameters;

    public TrainingData Data { get; }

    public ImageModel Model { get; }

    /// <summary>Null where the run keeps none.</summary>
    public WeightAverage? Average { get; }

    /// <summary>What is evaluated and kept.</summary>
    public ImageModel Result => Average?.Model ?? Model;

    /// <summary>Null where the labels teach alone.</summary>
    public Teacher? Teacher { get; }

    public ForwardMode Mode { get; }

    public Device Device { get; }

    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    public Optimizer Optimizer { get; }

    public ISchedule Schedule { get; }

    public LossFunction Loss { get; }

    public ImageAugmentation Augmentation { get; }

    public ImageNormalizer Normalizer { get; }

    public Evaluator Evaluator { get; }

    public BatchOrder Order { get; }

    public TrainingState State { get; set; }

    /// <summary>The number of the best epoch so far; 0 before the first.</summary>
    public int BestEpoch => EpochSelection.BestEpoch(Settings, Job.Objective, State);

    /// <summary>True when the whole run, not only this stretch of it, has come to its end.</summary>
    public bool IsRunFinished => EpochSelection.IsRunFinished(Settings, Job.Objective, State);

    /// <param name="factor">What the schedule says.</param>
    public double LearningRateOf(string parameter, double factor) => factor
        * (Model.IsHead(parameter) ? Settings.LearningRate : Settings.BackboneLearningRate ?? Settings.LearningRate);

    /// <summary>What the schedule says for an iteration of the current epoch.</summary>
    /// <param name="iteration">Since the run began, from 0.</param>
    public double LearningRateFactor(long iteration) => Schedule.FactorAt(new SchedulePoint(
        State.Epoch,
        iteration,
        (long)Settings.Epochs * Order.Iterations,
        State.ValuesOf(MetricNames.ValidationLoss)));

    /// <summary>A file of the run.</summary>
    /// <param name="name">One of <see cref="RunFiles"/>.</param>
    public string File(string name) => Path.Combine(Job.Folder, name);

    public void Dispose()
    {
        Optimizer.Dispose();
        Normalizer.Dispose();
        Loss.Dispose();
        Average?.Dispose();
        Teacher?.Dispose();
        Model.Dispose();
        Data.Dispose();
    }
}
