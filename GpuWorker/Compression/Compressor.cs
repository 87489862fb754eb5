using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>Prunes during a run; at its end, measures the result of pruning, quantizes, and writes the report.</summary>
internal sealed class Compressor(TrainingJob job, TrainingData data, TrainingNetwork network, Evaluator evaluator, TrainingProgress progress)
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Options) { WriteIndented = true };

    private readonly Hyperparameters _settings = job.Hyperparameters;

    /// <summary>Prunes the network, and measures it before training continues.</summary>
    /// <returns>Metrics of the epoch that has ended.</returns>
    public Dictionary<string, double> Prune(CancellationToken cancel)
    {
        MagnitudePruning.Apply(network.Model, network.Average?.Model, _settings.Pruning);
        return new Dictionary<string, double>
        {
            [MetricNames.PrunedAccuracy] = evaluator.Evaluate(network.Result, data.Validation, cancel).Accuracy,
        };
    }

    /// <summary>Writes the report of a finished run that has its best weights and all other metrics.</summary>
    /// <param name="bestFile">The path of its best weights.</param>
    /// <returns>Metrics of the last epoch; none if the run does not compress.</returns>
    public Dictionary<string, double> Finish(string bestFile, CancellationToken cancel)
    {
        if (_settings is { Pruning: 0, Quantization: QuantizationKind.None })
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        using StoredModel best = StoredModel.Load(bestFile, network.Device);
        var report = new CompressionReport
        {
            Pruning = _settings.Pruning > 0 ? ReportPruning(best.Model) : null,
            Quantization = _settings.Quantization == QuantizationKind.Int8 ? Quantize(best, cancel) : null,
        };
        AtomicFile.Write(job.PathOf(RunFiles.Compression), stream => JsonSerializer.Serialize(stream, report, Indented));
        return CompressionMetrics.Of(report);
    }

    /// <summary>Writes the files of an attempt that resumed a finished run: they are missing then.</summary>
    public void WriteMissingFiles(CancellationToken cancel)
    {
        if (!File.Exists(job.PathOf(RunFiles.Compression)))
        {
            Finish(job.PathOf(RunFiles.Best), cancel);
        }
    }

    private PruningReport ReportPruning(ImageModel best)
    {
        Tensor[] weights = [.. CompressibleWeights.Of(best).Select(pair => pair.Weight)];
        long dense = best.state_dict().Values.Sum(TensorBytes.Dense);
        IReadOnlyDictionary<string, double> before = progress.State.History[PruningPlan.PrunedAfter(_settings)!.Value - 1].Metrics;
        return new PruningReport(
            _settings.Pruning,
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
        long after = QuantizedFile.Write(best, job.PathOf(RunFiles.Quantized));
        bool tested = progress.State.History[^1].Metrics.TryGetValue(MetricNames.TestAccuracy, out double testBefore);
        return new QuantizationReport(
            before,
            after,
            BestAccuracy(),
            evaluator.Evaluate(best.Model, data.Validation, cancel).Accuracy,
            tested ? testBefore : null,
            data.Test is { } test ? evaluator.Evaluate(best.Model, test, cancel).Accuracy : null);
    }

    private double BestAccuracy() => progress.State.History[progress.BestEpoch - 1].Metrics[MetricNames.ValidationAccuracy];
}
