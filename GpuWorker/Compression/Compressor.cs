using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>Prunes within a run, and at its end measures what pruning came to, quantises, and leaves the figures.</summary>
internal sealed class Compressor(TrainingSession session)
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Options) { WriteIndented = true };

    /// <summary>Prunes what the session trains, and measures it before anything is trained again.</summary>
    /// <returns>Metrics of the epoch that has ended.</returns>
    public Dictionary<string, double> Prune(CancellationToken cancel)
    {
        MagnitudePruning.Apply(session.Model, session.Average?.Model, session.Settings.Pruning);
        return new Dictionary<string, double>
        {
            [MetricNames.PrunedAccuracy] = session.Evaluator.Evaluate(session.Result, session.Data.Validation, cancel).Accuracy,
        };
    }

    /// <summary>For a run that has come to its end and has its best weights and all other metrics.</summary>
    /// <param name="bestFile">Where its best weights are.</param>
    /// <returns>Metrics of the last epoch; none where the run compresses nothing.</returns>
    public Dictionary<string, double> Finish(string bestFile, CancellationToken cancel)
    {
        if (session.Settings is { Pruning: 0, Quantization: QuantizationKind.None })
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        using StoredModel best = StoredModel.Load(bestFile, session.Device);
        var report = new CompressionReport
        {
            Pruning = session.Settings.Pruning > 0 ? ReportPruning(best.Model) : null,
            Quantization = session.Settings.Quantization == QuantizationKind.Int8 ? Quantize(best, cancel) : null,
        };
        AtomicFile.Write(session.File(RunFiles.Compression), stream => JsonSerializer.Serialize(stream, report, Indented));
        return CompressionMetrics.Of(report);
    }

    /// <summary>For an attempt that found the run at its end: the files are not there then.</summary>
    public void LeaveFiles(CancellationToken cancel)
    {
        if (!File.Exists(session.File(RunFiles.Compression)))
        {
            Finish(session.File(RunFiles.Best), cancel);
        }
    }

    private PruningReport ReportPruning(ImageModel best)
    {
        Tensor[] weights = [.. CompressibleWeights.Of(best).Select(pair => pair.Weight)];
        long dense = best.state_dict().Values.Sum(TensorBytes.Dense);
        IReadOnlyDictionary<string, double> before = session.State.History[PruningPlan.PrunedAfter(session.Settings)!.Value - 1].Metrics;
        return new PruningReport(
            session.Settings.Pruning,
            1 - ((double)weights.Sum(TensorBytes.NonZero) / weights.Sum(weight => weight.numel())),
            before[MetricNames.ValidationAccuracy],
            before[MetricNames.PrunedAccuracy],
            BestAccuracy(),
            dense,
            dense - weights.Sum(TensorBytes.Dense) + weights.Sum(TensorBytes.Sparse));
    }

    private QuantizationReport Quantize(StoredModel best, CancellationToken cancel)
    {
        long before = best.Model.state_dict().Values.Sum(TensorBytes.Dense);
        long after = QuantizedFile.Write(best, session.File(RunFiles.Quantized));
        bool tested = session.State.History[^1].Metrics.TryGetValue(MetricNames.TestAccuracy, out double testBefore);
        return new QuantizationReport(
            before,
            after,
            BestAccuracy(),
            session.Evaluator.Evaluate(best.Model, session.Data.Validation, cancel).Accuracy,
            tested ? testBefore : null,
            session.Data.Test is { } test ? session.Evaluator.Evaluate(best.Model, test, cancel).Accuracy : null);
    }

    private double BestAccuracy() => session.State.History[session.BestEpoch - 1].Metrics[MetricNames.ValidationAccuracy];
}
