using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>
/// Evaluates the best weights of a run that has come to its end, and leaves what it found beside them: evaluation.json, predictions.csv and
/// mistakes.json. Takes one pass over the test split, or over the validation split where there is no other.
/// </summary>
internal static class RunEvaluation
{
    /// <param name="interrupt">Seen before each batch; nothing is left then, and the next attempt evaluates.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Run(TrainingSession session, CancellationToken interrupt)
    {
        TrainingData data = session.Data;
        ImageSplit split = data.Test ?? data.Validation;
        using StoredModel best = StoredModel.Load(session.File(RunFiles.Best), session.Device);
        var pass = new OutcomePass(session.Normalizer, session.Device, session.Evaluator.BatchSize);
        List<SampleOutcome> outcomes = pass.Run(best.Model, split, interrupt);
        Write(session, RunFiles.Predictions, stream => PredictionsCsv.Write(stream, outcomes, data.EvaluatedPlaces, data.Classes));
        Write(session, RunFiles.Mistakes, WorstMistakes.Of(outcomes, split, data.EvaluatedPlaces, data.Classes));
        Write(session, RunFiles.Evaluation, Report(outcomes, data, best.Description.Epoch));
    }

    private static EvaluationReport Report(List<SampleOutcome> outcomes, TrainingData data, int epoch)
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

    private static void Write<T>(TrainingSession session, string name, T content) =>
        Write(session, name, stream => JsonSerializer.Serialize(stream, content, ContractJson.Options));

    private static void Write(TrainingSession session, string name, Action<Stream> write) => AtomicFile.Write(session.File(name), write);
}
