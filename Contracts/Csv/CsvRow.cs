using System.Globalization;
using System.Text.Json;

namespace Experiments.Contracts.Csv;

/// <summary>Writes rows of CSV (RFC 4180). Every CSV of this program is written here: text is kept from being a formula, numbers stay numbers.</summary>
public static class CsvRow
{
    /// <summary>What ends a row, by RFC 4180.</summary>
    public const string End = "\r\n";

    /// <param name="cells">Texts, numbers, times and JSON values; null for an empty cell.</param>
    /// <returns>Without <see cref="End"/>.</returns>
    public static string Of(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(object? value) => Quote(value switch
    {
        null => "",
        string text => CsvGuard.Protect(text),
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        JsonElement json => Text(json),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvGuard.Protect(value.ToString() ?? ""),
    });

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => CsvGuard.Protect(json.GetString()!),
        JsonValueKind.Number => json.GetRawText(),
        _ => CsvGuard.Protect(json.GetRawText()),
    };

    private static string Quote(string cell) => cell.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
