using System.Globalization;
using System.Text;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Training;

/// <summary>Logs the course of a training.</summary>
internal sealed class TrainingLog(ILogger logger)
{
    public void Opened(TrainingSession session)
    {
        TrainingData data = session.Data;
        logger.LogInformation(
            "Data set {Dataset}: {Training:N0} images to train with, {Validation:N0} to validate{Test}; {Classes} classes, {Size} × {Size} pixels",
            session.Job.Dataset.Name, data.Training.Count, data.Validation.Count,
            data.Test is { } test ? string.Create(CultureInfo.InvariantCulture, $", {test.Count:N0} to test") : "",
            data.Classes.Count, data.ImageSize, data.ImageSize);
        foreach (DatasetNote note in data.Reading?.Notes ?? [])
        {
            logger.Log(note.IsWarning ? LogLevel.Warning : LogLevel.Information, "{DatasetNote}", note.Text);
        }

        foreach (string doubt in data.Doubts)
        {
            logger.LogWarning("{DatasetDoubt}", doubt);
        }

        logger.LogInformation(
            "Model {Model} with {Parameters:N0} parameters on {Device}; {Iterations:N0} batches of {BatchSize} an epoch",
            session.Settings.Model, session.Network.Parameters.Sum(parameter => parameter.Parameter.numel()), session.Network.Device, session.Order.Iterations, session.Settings.BatchSize);
        if (session.Progress.State.Iteration > 0)
        {
            logger.LogInformation(
                "Resumes from a checkpoint: {Epochs} epochs and {Iterations} iterations of the next are done", session.Progress.State.Epoch, session.Progress.State.IterationInEpoch);
        }
    }

    /// <summary>Logs the last finished epoch.</summary>
    public void EpochFinished(TrainingSession session)
    {
        EpochResult result = session.Progress.State.History[^1];
        logger.LogInformation(
            "Epoch {Epoch} of {Epochs}: {Measures}; {Seconds:0.0} s, {Rate:N0} images/s{Note}",
            result.Epoch, session.Settings.Epochs, Measures(result.Metrics),
            result.Metrics.GetValueOrDefault(MetricNames.EpochSeconds), result.Metrics.GetValueOrDefault(MetricNames.ImagesPerSecond),
            session.Progress.BestEpoch == result.Epoch ? "; the best so far" : "");
    }

    public void Stopped(TrainingState state) => logger.LogInformation(
        "Stopped on request: a checkpoint is saved after {Epochs} epochs and {Iterations} iterations of the next", state.Epoch, state.IterationInEpoch);

    public void EpochsNotSaved(Exception exception) => logger.LogError(
        exception, "The last finished epochs could not be saved, and are not reported: {Reason}", exception.Message);

    /// <summary>Logs the end of the whole run.</summary>
    public void Finished(TrainingSession session)
    {
        int epoch = session.Progress.State.Epoch;
        if (epoch < session.Settings.Epochs)
        {
            logger.LogInformation(
                "Stopped early after epoch {Epoch} of {Epochs}: too little improvement (earlyStoppingPatience {Patience})", epoch, session.Settings.Epochs, session.Settings.EarlyStoppingPatience);
        }

        EpochResult best = session.Progress.State.History[Math.Max(session.Progress.BestEpoch, 1) - 1];
        IReadOnlyDictionary<string, double> last = session.Progress.State.History[^1].Metrics;
        string tested = last.TryGetValue(MetricNames.TestAccuracy, out double accuracy)
            ? string.Create(CultureInfo.InvariantCulture, $"; {MetricNames.TestAccuracy} {Digits(accuracy)} with its weights")
            : "";
        logger.LogInformation(
            "Trained. The best epoch is {Best} with {Objective} {Value}{Tested}",
            best.Epoch, session.Job.Objective.Metric, Digits(best.Metrics.GetValueOrDefault(session.Job.Objective.Metric)), tested);
    }

    /// <summary>Enough digits to compare values in consecutive lines.</summary>
    private static string Digits(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.00e0" : "0.0000", CultureInfo.InvariantCulture);

    private static string Measures(IReadOnlyDictionary<string, double> metrics)
    {
        var text = new StringBuilder();
        foreach (string name in (string[])[MetricNames.TrainLoss, MetricNames.TrainAccuracy, MetricNames.ValidationLoss, MetricNames.ValidationAccuracy])
        {
            if (metrics.TryGetValue(name, out double value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : ", ")}{name} {Digits(value)}");
            }
        }

        return text.ToString();
    }
}
