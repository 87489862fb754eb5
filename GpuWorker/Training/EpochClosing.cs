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

/// <summary>Ends an epoch whose iterations are done: validates, keeps the best weights, tells the listener, has the checkpoint saved.</summary>
internal sealed class EpochClosing(TrainingSession session, CheckpointKeeper checkpoints, ITrainingListener listener, TimeProvider time)
{
    private readonly Compressor _compressor = new(session);

    /// <param name="interrupt">Ends validation early; the state is then as it was.</param>
    /// <param name="cancel">Ends also what must not be done by halves.</param>
    /// <exception cref="OperationCanceledException">One of them was set.</exception>
    public void Close(CancellationToken interrupt, CancellationToken cancel)
    {
        Append(Measure(interrupt));
        if (session.BestEpoch == session.State.Epoch)
        {
            checkpoints.KeepBest();
        }

        if (PruningPlan.PrunedAfter(session.Settings) == session.State.Epoch)
        {
            AddToLastEpoch(_compressor.Prune(cancel));
        }

        if (session.IsRunFinished)
        {
            Finish(cancel);
        }

        EpochResult result = session.State.History[^1];
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
        EvaluationResult validation = session.Evaluator.Evaluate(session.Result, session.Data.Validation, interrupt);
        RequireFinite(validation, "validation");
        EpochSums sums = session.State.Sums;
        double factor = session.LearningRateFactor(session.State.Iteration - 1);
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
        TrainingState state = session.State;
        session.State = state with
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

        AddToLastEpoch(_compressor.Finish(best, cancel));
    }

    /// <summary>With the best weights, which are not always the present ones.</summary>
    private void AddTestMetrics(string file, ImageSplit test, CancellationToken cancel)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ImageModel best = ModelRegistry.Create(session.Settings, session.Data.Classes.Count);
        best.to(session.Device);
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
        EpochResult last = session.State.History[^1];
        var all = new Dictionary<string, double>(last.Metrics);
        foreach ((string name, double value) in metrics)
        {
            all[name] = value;
        }

        session.State = session.State with { History = [.. session.State.History.SkipLast(1), last with { Metrics = all }] };
    }

    private void RequireFinite(EvaluationResult result, string split)
    {
        if (!double.IsFinite(result.Loss))
        {
            throw new TrainingException(
                FailureKind.Diverged,
                $"the {split} loss became {result.Loss} after epoch {session.State.Epoch + 1}, iteration {session.State.Iteration}; a smaller learning rate may help");
        }
    }
}
