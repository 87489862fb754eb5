using System.Globalization;
using System.Text;
using Experiments.Contracts.Csv;

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

    /// <exception cref="InvalidDataException">A row is not valid.</exception>
    public static IEnumerable<PredictionRow> Read(TextReader text)
    {
        var columns = new List<string>();
        bool isHead = true;
        int row = 0;
        while (ReadRow(text, columns))
        {
            row++;
            if (!isHead)
            {
                yield return Parse(columns, row);
            }

            isHead = false;
        }
    }

    private static PredictionRow Parse(List<string> columns, int row)
    {
        if (columns.Count < ColumnsNeeded || !double.TryParse(columns[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double probability))
        {
            throw new InvalidDataException($"row {row} of the predictions has no place, label, predicted class and probability");
        }

        return new PredictionRow(CsvGuard.Unprotect(columns[0]), CsvGuard.Unprotect(columns[1]), CsvGuard.Unprotect(columns[2]), probability);
    }

    /// <returns>False at the end.</returns>
    private static bool ReadRow(TextReader text, List<string> columns)
    {
        columns.Clear();
        if (text.Peek() < 0)
        {
            return false;
        }

        var field = new StringBuilder();
        bool isQuoted = false;
        for (int read = text.Read(); read >= 0; read = text.Read())
        {
            char c = (char)read;
            if (isQuoted)
            {
                isQuoted = c != '"' || text.Peek() == '"';
                if (isQuoted)
                {
                    field.Append(c == '"' ? (char)text.Read() : c);
                }
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c == ',')
            {
                Take(field, columns);
            }
            else if (c == '\n')
            {
                break;
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        Take(field, columns);
        return true;
    }

    private static void Take(StringBuilder field, List<string> columns)
    {
        columns.Add(field.ToString());
        field.Clear();
    }
}
