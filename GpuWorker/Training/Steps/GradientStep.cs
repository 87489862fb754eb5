using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Compression;
using Experiments.GpuWorker.Distillation;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>One optimization step: accumulates the gradients of a batch part by part, clips them, and updates the weights and their average.</summary>
internal sealed class GradientStep(
    TrainingJob job, TrainingNetwork network, Optimization optimization, LossFunction lossFunction, Teacher? teacher, TrainingProgress progress)
{
    private readonly Hyperparameters _settings = job.Hyperparameters;
    private readonly HashSet<string> _prunable = [.. CompressibleWeights.Of(network.Model).Select(pair => pair.Name)];

    /// <returns>float64 [2] in the caller's dispose scope: the batch's loss and its number of correctly classified images.</returns>
    public Tensor Take(TrainingBatch batch)
    {
        int parts = PartsOf(batch);
        Tensor results = zeros(2, ScalarType.Float64, network.Device);
        for (int part = 0; part < parts; part++)
        {
            using DisposeScope scope = NewDisposeScope();
            results.add_(AddGradients(batch, part, parts));
        }

        Update();
        return results;
    }

    private Tensor AddGradients(TrainingBatch batch, int index, int parts)
    {
        TrainingBatch part = batch.Part(index, parts);
        network.Model.Randomness.Prepare(_settings.Seed, progress.State.Iteration, index);
        Targets targets = teacher is not null ? part.Targets with { TeacherLogits = teacher.Logits(part.Images) } : part.Targets;
        TrainingLogits logits = network.Train(network.Normalizer.Normalize(part.Images));
        Tensor loss = lossFunction.Of(logits, targets, batch.Targets);
        loss.backward();
        using IDisposable unrecorded = no_grad();
        Tensor correct = logits.Main.argmax(1).eq(targets.Labels).sum();
        return stack([loss.detach().to_type(ScalarType.Float64), correct.to_type(ScalarType.Float64)]);
    }

    private void Update()
    {
        double rate = optimization.LearningRateFactor(progress.State.Iteration);
        bool isFirst = progress.State.Iteration == 0;
        bool isFineTuning = PruningPlan.IsFineTuning(_settings, progress.State.Epoch);
        IReadOnlySet<string> averaged = optimization.Optimizer.Step(new OptimizerStep
        {
            LearningRateOf = parameter => optimization.LearningRateOf(parameter, rate),
            GradientFactor = _settings.GradientClipping is { } longest
                ? GradientClipping.FactorOf(network.Parameters.Select(pair => pair.Parameter), longest)
                : 1,
            KeepsZeros = isFineTuning ? _prunable.Contains : _ => false,
            AverageOf = network.Average is { } average ? average.Of : _ => null,
            AverageShare = network.Average?.ShareOf(isFirst) ?? 0,
        });
        network.Average?.Update(isFirst, averaged);
    }

    // Batch norm cannot take a single image.
    private int PartsOf(TrainingBatch batch) =>
        (int)Math.Clamp((long)_settings.GradientAccumulation * job.BatchParts, 1, network.Model.UsesBatchNorm ? Math.Max(1, batch.Count / 2) : batch.Count);
}
