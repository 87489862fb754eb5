namespace Experiments.ServiceDefaults.Csv;

/// <summary>
/// Keeps spreadsheets from computing text (CSV injection, OWASP): a quote in front of what they would take for a formula makes them show it. The quote is told
/// from one that was there before, so that what is read back is what was written.
/// </summary>
public static class CsvGuard
{
    private const char Mark = '\'';

    /// <summary>Spreadsheets take what begins with one of these for a formula; East Asian ones the wide forms, too.</summary>
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>The text with a quote in front where a spreadsheet would compute it; any other text as it is.</summary>
    public static string Protect(string text) => IsFormula(text) ? Mark + text : text;

    /// <summary>The text that was given to <see cref="Protect"/>.</summary>
    public static string Unprotect(string text) => text.StartsWith(Mark) && IsFormula(text.AsSpan(1)) ? text[1..] : text;

    private static bool IsFormula(ReadOnlySpan<char> text) => text.TrimStart(Mark) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
