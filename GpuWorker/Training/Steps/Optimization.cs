using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Progress;
using Experiments.GpuWorker.Training.Schedules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>The optimizer of a run and the learning rates that it steps with.</summary>
internal sealed class Optimization : IDisposable
{
    private readonly Hyperparameters _settings;
    private readonly TrainingNetwork _network;
    private readonly TrainingProgress _progress;
    private readonly long _iterations;
    private readonly ISchedule _schedule;

    /// <param name="iterationsPerEpoch">Batches per epoch.</param>
    public Optimization(Hyperparameters settings, TrainingNetwork network, int iterationsPerEpoch, TrainingProgress progress)
    {
        _settings = settings;
        _network = network;
        _progress = progress;
        _iterations = (long)settings.Epochs * iterationsPerEpoch;
        _schedule = ScheduleRegistry.Create(settings);
        Optimizer = new Optimizer(OptimizerRegistry.All[EnumText.Of(settings.Optimizer)](settings), network.Parameters, get_num_threads());
    }

    public Optimizer Optimizer { get; }

    /// <summary>The schedule's factor for an iteration of the current epoch.</summary>
    /// <param name="iteration">Since the run began, from 0.</param>
    public double LearningRateFactor(long iteration) => _schedule.FactorAt(new SchedulePoint(
        _progress.State.Epoch,
        iteration,
        _iterations,
        _progress.State.ValuesOf(MetricNames.ValidationLoss)));

    /// <param name="factor">The schedule's factor.</param>
    public double LearningRateOf(string parameter, double factor) => factor
        * (_network.Model.IsHead(parameter) ? _settings.LearningRate : _settings.BackboneLearningRate ?? _settings.LearningRate);

    public void Dispose() => Optimizer.Dispose();
}
