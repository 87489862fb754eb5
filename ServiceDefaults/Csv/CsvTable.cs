using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace Experiments.ServiceDefaults.Csv;

/// <summary>
/// Writes CSV (RFC 4180, UTF-8) row by row. All CSV output is written here: text is protected from being read as a formula, numbers stay numbers.
/// </summary>
/// <param name="stream">Stays open.</param>
public sealed class CsvTable(Stream stream) : IDisposable
{
    private readonly CsvWriter _csv = CsvWriter.Create(stream, leaveOpen: true);

    /// <summary>Writes a row; the first one is the header.</summary>
    /// <param name="cells">Texts, numbers, times and JSON values; null for an empty cell. As many as in the first row.</param>
    public void WriteRow(IEnumerable<object?> cells)
    {
        foreach (object? cell in cells)
        {
            _csv.WriteField(Text(cell));
        }

        _csv.EndRecord();
    }

    /// <summary>Writes what is buffered.</summary>
    public void Dispose() => _csv.Dispose();

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => CsvGuard.Protect(text),
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        JsonElement json => Text(json),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvGuard.Protect(value.ToString() ?? ""),
    };

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => CsvGuard.Protect(json.GetString()!),
        JsonValueKind.Number => json.GetRawText(),
        _ => CsvGuard.Protect(json.GetRawText()),
    };
}
