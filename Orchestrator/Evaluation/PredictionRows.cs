using System.Globalization;
using CsvHelper;
using Experiments.ServiceDefaults.Csv;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>The prediction of a run for one image.</summary>
/// <param name="Probability">The probability of the predicted class.</param>
internal sealed record PredictionRow(string Place, string Actual, string Predicted, double Probability)
{
    public bool IsWrong => Predicted != Actual;
}

/// <summary>Reads the predictions of a run from CSV (RFC 4180), row by row.</summary>
internal static class PredictionRows
{
    /// <summary>place, label, predicted, class1, probability1; further columns are ignored.</summary>
    private const int ColumnsNeeded = 5;

    private static readonly CsvReaderOptions Options = new() { Separator = ',', MaxRecordSize = 1 << 20 };

    /// <exception cref="InvalidDataException">A row is invalid.</exception>
    public static IEnumerable<PredictionRow> Read(TextReader text)
    {
        using CsvReader csv = CsvReader.Create(text, Options, leaveOpen: true);
        for (int row = 2; TryRead(csv, row); row++)
        {
            yield return Parse(csv, row);
        }
    }

    private static bool TryRead(CsvReader csv, int row)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException($"row {row} of the predictions is not CSV: {exception.Message}", exception);
        }
    }

    private static PredictionRow Parse(CsvReader csv, int row) =>
        csv.FieldCount >= ColumnsNeeded && double.TryParse(csv.GetString(4), NumberStyles.Float, CultureInfo.InvariantCulture, out double probability)
            ? new PredictionRow(Name(csv, 0), Name(csv, 1), Name(csv, 2), probability)
            : throw new InvalidDataException($"row {row} of the predictions has no place, label, predicted class and probability");

    private static string Name(CsvReader csv, int column) => CsvGuard.Unprotect(csv.GetString(column));
}
