using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Compression;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;

namespace Experiments.GpuWorker.Training;

/// <summary>Closes an epoch after its last iteration: validates, keeps the best weights, notifies the listener, saves the checkpoint.</summary>
internal sealed class EpochClosing(
    TrainingSession session, Compressor compressor, CheckpointKeeper checkpoints, ITrainingListener listener, TimeProvider time)
{
    /// <param name="interrupt">Ends validation early; the state is then unchanged.</param>
    /// <param name="cancel">Also ends operations that must not stop halfway.</param>
    /// <exception cref="OperationCanceledException">One of them was set.</exception>
    public void Close(CancellationToken interrupt, CancellationToken cancel)
    {
        Append(Measure(interrupt));
        if (session.Progress.BestEpoch == session.Progress.State.Epoch)
        {
            checkpoints.KeepBest();
        }

        if (PruningPlan.PrunedAfter(session.Settings) == session.Progress.State.Epoch)
        {
            AddToLastEpoch(compressor.Prune(cancel));
        }

        if (session.Progress.IsRunFinished)
        {
            Finish(cancel);
        }

        EpochResult result = session.Progress.State.History[^1];
        foreach ((string name, double value) in result.Metrics)
        {
            listener.OnMetric(name, result.Epoch, value);
        }

        listener.OnEpochTrained(result);
        checkpoints.Save(result);
    }

    private Dictionary<string, double> Measure(CancellationToken interrupt)
    {
        long start = time.GetTimestamp();
        EvaluationResult validation = session.Evaluator.Evaluate(session.Network.Result, session.Data.Validation, interrupt);
        RequireFinite(validation, "validation");
        EpochSums sums = session.Progress.State.Sums;
        double factor = session.Optimization.LearningRateFactor(session.Progress.State.Iteration - 1);
        return new Dictionary<string, double>
        {
            [MetricNames.TrainLoss] = sums.MeanLoss(),
            [MetricNames.TrainAccuracy] = sums.Accuracy(),
            [MetricNames.ValidationLoss] = validation.Loss,
            [MetricNames.ValidationAccuracy] = validation.Accuracy,
            [MetricNames.LearningRate] = session.Settings.LearningRate * factor,
            [MetricNames.ImagesPerSecond] = sums.ImagesPerSecond(),
            [MetricNames.EpochSeconds] = sums.Seconds + time.GetElapsedTime(start).TotalSeconds,
        };
    }

    private void Append(Dictionary<string, double> metrics)
    {
        TrainingState state = session.Progress.State;
        session.Progress.State = state with
        {
            IterationInEpoch = 0,
            Sums = EpochSums.Zero,
            History = [.. state.History, new EpochResult(state.Epoch + 1, state.Iteration, metrics)],
        };
    }

    private void Finish(CancellationToken cancel)
    {
        string best = checkpoints.BestFile();
        if (session.Data.Test is { } test)
        {
            AddTestMetrics(best, test, cancel);
        }

        AddToLastEpoch(compressor.Finish(best, cancel));
    }

    /// <summary>Measures the best weights, which may differ from the current ones.</summary>
    private void AddTestMetrics(string file, ImageSplit test, CancellationToken cancel)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ImageModel best = ModelRegistry.Create(session.Settings, session.Data.Classes.Count);
        best.to(session.Network.Device);
        WeightsFile.Load(file, best);
        EvaluationResult result = session.Evaluator.Evaluate(best, test, cancel);
        RequireFinite(result, "test");
        AddToLastEpoch(new Dictionary<string, double>
        {
            [MetricNames.TestLoss] = result.Loss,
            [MetricNames.TestAccuracy] = result.Accuracy,
        });
    }

    private void AddToLastEpoch(Dictionary<string, double> metrics)
    {
        EpochResult last = session.Progress.State.History[^1];
        var all = new Dictionary<string, double>(last.Metrics);
        foreach ((string name, double value) in metrics)
        {
            all[name] = value;
        }

        session.Progress.State = session.Progress.State with { History = [.. session.Progress.State.History.SkipLast(1), last with { Metrics = all }] };
    }

    private void RequireFinite(EvaluationResult result, string split)
    {
        if (!double.IsFinite(result.Loss))
        {
            throw new TrainingException(
                FailureKind.Diverged,
                $"the {split} loss became {result.Loss} after epoch {session.Progress.State.Epoch + 1}, iteration {session.Progress.State.Iteration}; a smaller learning rate may help");
        }
    }
}
