namespace Experiments.ServiceDefaults.Csv;

/// <summary>
/// Keeps spreadsheets from computing text (CSV injection, OWASP): a quote before text that looks like a formula makes them show it. A leading quote in
/// the original text is distinguishable, so that reading returns what was written.
/// </summary>
public static class CsvGuard
{
    private const char Mark = '\'';

    /// <summary>Spreadsheets treat text that begins with one of these as a formula; East Asian ones also the wide forms.</summary>
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>The text with a leading quote if a spreadsheet would compute it; any other text unchanged.</summary>
    public static string Protect(string text) => IsFormula(text) ? Mark + text : text;

    /// <summary>The text that was given to <see cref="Protect"/>.</summary>
    public static string Unprotect(string text) => text.StartsWith(Mark) && IsFormula(text.AsSpan(1)) ? text[1..] : text;

    private static bool IsFormula(ReadOnlySpan<char> text) => text.TrimStart(Mark) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
