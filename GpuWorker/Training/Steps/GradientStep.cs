using Experiments.GpuWorker.Compression;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>One optimisation step: adds up the gradients of a batch, part by part, bounds them and updates the weights and their average.</summary>
internal sealed class GradientStep(TrainingSession session)
{
    private readonly HashSet<string> _prunable = [.. CompressibleWeights.Of(session.Model).Select(pair => pair.Name)];

    /// <returns>float64 [2] in the caller's dispose scope: the batch's loss, and how many of its images were recognised.</returns>
    public Tensor Take(TrainingBatch batch)
    {
        int parts = PartsOf(batch);
        Tensor results = zeros(2, ScalarType.Float64, session.Device);
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
        session.Model.Randomness.Prepare(session.Settings.Seed, session.State.Iteration, index);
        Targets targets = session.Teacher is { } teacher ? part.Targets with { TeacherLogits = teacher.Logits(part.Images) } : part.Targets;
        TrainingLogits logits = session.Mode.Train(session.Model, session.Normalizer.Normalize(part.Images));
        Tensor loss = session.Loss.Of(logits, targets, batch.Targets);
        loss.backward();
        using IDisposable unrecorded = no_grad();
        Tensor correct = logits.Main.argmax(1).eq(targets.Labels).sum();
        return stack([loss.detach().to_type(ScalarType.Float64), correct.to_type(ScalarType.Float64)]);
    }

    private void Update()
    {
        double rate = session.LearningRateFactor(session.State.Iteration);
        bool isFirst = session.State.Iteration == 0;
        bool isFineTuning = PruningPlan.IsFineTuning(session.Settings, session.State.Epoch);
        IReadOnlySet<string> averaged = session.Optimizer.Step(new OptimizerStep
        {
            LearningRateOf = parameter => session.LearningRateOf(parameter, rate),
            GradientFactor = session.Settings.GradientClipping is { } longest
                ? GradientClipping.FactorOf(session.Parameters.Select(pair => pair.Parameter), longest)
                : 1,
            KeepsZeros = isFineTuning ? _prunable.Contains : _ => false,
            AverageOf = session.Average is { } average ? average.Of : _ => null,
            AverageShare = session.Average?.ShareOf(isFirst) ?? 0,
        });
        session.Average?.Update(isFirst, averaged);
    }

    // Batch norm cannot take a single image.
    private int PartsOf(TrainingBatch batch) =>
        (int)Math.Clamp((long)session.Settings.GradientAccumulation * session.Job.BatchParts, 1, session.Model.UsesBatchNorm ? Math.Max(1, batch.Count / 2) : batch.Count);
}
