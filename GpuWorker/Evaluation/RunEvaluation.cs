using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>
/// Evaluates the best weights of a finished run, and writes the results next to them: evaluation.json, predictions.csv and
/// mistakes.json. Takes one pass over the test split, or over the validation split if there is none.
/// </summary>
internal sealed class RunEvaluation(TrainingJob job, TrainingData data, OutcomePass pass, Device device)
{
    /// <param name="interrupt">Checked before each batch; nothing is written then, and the next attempt evaluates.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Run(CancellationToken interrupt)
    {
        ImageSplit split = data.Test ?? data.Validation;
        using StoredModel best = StoredModel.Load(job.PathOf(RunFiles.Best), device);
        List<SampleOutcome> outcomes = pass.Run(best.Model, split, interrupt);
        Write(RunFiles.Predictions, stream => PredictionsCsv.Write(stream, outcomes, data.EvaluatedPlaces, data.Classes));
        Write(RunFiles.Mistakes, WorstMistakes.Of(outcomes, split, data.EvaluatedPlaces, data.Classes));
        Write(RunFiles.Evaluation, Report(outcomes, best.Description.Epoch));
    }

    private EvaluationReport Report(List<SampleOutcome> outcomes, int epoch)
    {
        int[][] confusion = ClassificationMetrics.Confusion(outcomes, data.Classes.Count);
        IReadOnlyList<ClassReport> report = ClassificationMetrics.Report(confusion, data.Classes);
        IReadOnlyList<CalibrationBin> calibration = Calibration.Of(outcomes);
        return new EvaluationReport
        {
            Split = data.Test is null ? "validation" : "test",
            Images = outcomes.Count,
            Epoch = epoch,
            Classes = data.Classes,
            Confusion = confusion,
            Report = report,
            Accuracy = ClassificationMetrics.Accuracy(outcomes),
            MacroF1 = ClassificationMetrics.MacroF1(report),
            WeightedF1 = ClassificationMetrics.WeightedF1(report),
            Top5Accuracy = ClassificationMetrics.Top5Accuracy(outcomes, data.Classes.Count),
            CalibrationError = Calibration.Error(calibration),
            Calibration = calibration,
        };
    }

    private void Write<T>(string name, T content) =>
        Write(name, stream => JsonSerializer.Serialize(stream, content, ContractJson.Options));

    private void Write(string name, Action<Stream> write) => AtomicFile.Write(job.PathOf(name), write);
}
