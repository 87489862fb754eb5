using Experiments.ServiceDefaults.Csv;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Writes the prediction for each image: its location, its class, the predicted one and the most probable classes with their probabilities.</summary>
internal static class PredictionsCsv
{
    /// <summary>Rows beyond these are left out: the file is for spreadsheets and notebooks.</summary>
    public const int MostRows = 100_000;

    public static void Write(
        Stream stream, IReadOnlyList<SampleOutcome> outcomes, IReadOnlyList<string> places, IReadOnlyList<string> classes)
    {
        using var table = new CsvTable(stream);
        int top = Math.Min(OutcomePass.Top, classes.Count);
        IEnumerable<string> columns = Enumerable.Range(1, top).SelectMany(rank => (string[])[$"class{rank}", $"probability{rank}"]);
        table.WriteRow(["place", "label", "predicted", .. columns]);
        for (int i = 0; i < Math.Min(outcomes.Count, MostRows); i++)
        {
            SampleOutcome outcome = outcomes[i];
            IEnumerable<object> ranked = outcome.Top.Zip(outcome.Probabilities).SelectMany(best => (object[])[classes[best.First], best.Second]);
            table.WriteRow([places[i], classes[outcome.Actual], classes[outcome.Predicted], .. ranked]);
        }
    }
}
