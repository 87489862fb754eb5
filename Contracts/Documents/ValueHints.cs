using System.Text.Json;
using Experiments.Contracts.Numbers;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Documents;

/// <summary>Corrections of refused values: the end of an error message, or nothing.</summary>
internal static class ValueHints
{
    private const int LongestShown = 80;

    /// <summary>A number just above 1 may be another kind of mistake than a percentage.</summary>
    private const decimal LeastPercentage = 2;

    private const string Several = "; one value belongs here, several belong under grid";
    private static readonly string[] Nothing = ["", "NONE", "NULL", "NIL", "NA", "N/A", "~", "AUTO", "DEFAULT", "UNDEFINED", "NAN"];
    private static readonly string[] Yes = ["TRUE", "YES", "Y", "ON", "T", "1", "ENABLED"];
    private static readonly string[] No = ["FALSE", "NO", "N", "OFF", "F", "0", "DISABLED"];

    /// <param name="optional">Null is allowed.</param>
    /// <param name="isAllowed">Whether a number is allowed there.</param>
    public static string Number(JsonElement json, bool optional, Func<double, bool> isAllowed)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return NumberInText(json.GetString()!, optional, isAllowed);
            case JsonValueKind.Null:
                return "; leave it out for the default";
            case JsonValueKind.False:
                return Off(optional, isAllowed);
            case JsonValueKind.Array:
                return Several;
            default:
                return "";
        }
    }

    /// <inheritdoc cref="Number" path="/param[@name='optional']"/>
    public static string Flag(JsonElement json, bool optional)
    {
        string text = json.ValueKind == JsonValueKind.String ? json.GetString()!.Trim().Trim('"', '\'') : json.GetRawText();
        string folded = text.ToUpperInvariant();
        string? meant = Yes.Contains(folded) ? "true" : No.Contains(folded) ? "false" : null;
        return json.ValueKind switch
        {
            JsonValueKind.Array => Several,
            JsonValueKind.String when meant is not null && folded.Equals(meant, StringComparison.OrdinalIgnoreCase) => $"; remove the quotes: {meant}",
            _ when meant is not null => $"; write {meant}",
            _ => Missing(folded, optional),
        };
    }

    /// <param name="names">The allowed names.</param>
    public static string Name(JsonElement json, IReadOnlyCollection<string> names) => json.ValueKind switch
    {
        JsonValueKind.Array => Several,
        JsonValueKind.Object => "",
        JsonValueKind.String => NearestName.Hint(json.GetString()!, names),
        _ => NearestName.Hint(json.GetRawText(), names) is { Length: > 0 } hint && hint.StartsWith("; write", StringComparison.Ordinal) ? hint : "",
    };

    /// <summary>For a value where a list is expected.</summary>
    public static string List(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => $"; write [{json.GetRawText()}]",
        JsonValueKind.String when NumberSequence.Read(json.GetString()!) is { } numbers => $"; write {NumberSequence.Format(numbers)}",
        JsonValueKind.String when IsCutCall(json.GetString()!) => "; write the values themselves, such as [1, 2, 3]",
        JsonValueKind.String when json.GetString() is { Length: > 0 } text => $"; write [{text.Trim().TrimStart('[').TrimEnd(']')}]",
        JsonValueKind.Null => "; leave it out for none",
        JsonValueKind.Object when json.TryGetProperty("values", out JsonElement values) => $"; write {ProblemText.Quote(values)}",
        _ => "",
    };

    /// <summary>For one mapping where a list of them is expected.</summary>
    public static string InAList(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"; put it in a list: [ {Short(json)} ]",
        JsonValueKind.Null => "; leave it out for none",
        _ => "",
    };

    /// <summary>For a list of one mapping where the mapping itself is expected.</summary>
    public static string OutOfAList(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1 && json[0].ValueKind == JsonValueKind.Object ? $"; take it out of the list: {Short(json[0])}" : "";

    /// <summary>For a percentage where a share from 0 to 1 is expected.</summary>
    public static string Percentage(JsonElement json, NumberRange range) =>
        range.Maximum <= 1 && json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out decimal percent) && percent >= LeastPercentage && range.Contains((double)(percent / 100))
            ? $"; write {NumberText.Format((double)(percent / 100))}"
            : "";

    /// <summary>For a value where a string is expected.</summary>
    public static string Text(JsonElement json) =>
        json.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? $"; put it in quotes: \"{json.GetRawText()}\"" : "";

    /// <summary>For a key that is the rest of a value cut by a comma, as in <c>{ learningRate: 0,001 }</c> or <c>{ seed: range(1, 4) }</c>; null for any other.</summary>
    /// <param name="before">What was written before the comma.</param>
    public static string? AfterComma(string key, JsonElement value, KeyValuePair<string, JsonElement>? before)
    {
        if (value.ValueKind != JsonValueKind.Null || before is not { } last || key.Length == 0 || !(char.IsAsciiDigit(key[0]) || key[^1] is ')' or ']' or '"'))
        {
            return null;
        }

        string written = $"{(last.Value.ValueKind == JsonValueKind.String ? last.Value.GetString() : last.Value.GetRawText())}";
        return last.Value.ValueKind == JsonValueKind.Number && key.All(char.IsAsciiDigit) && written.All(letter => char.IsAsciiDigit(letter) || letter == '-')
            ? $"; a comma begins another key: write {last.Key}: {written}.{key} for a number, [{written}, {key}] for two values under grid"
            : $"; a comma begins another key: \"{written}, {key}\" is no value. Write the values themselves, such as [1, 2, 3]";
    }

    /// <summary>In braces, a comma ends the value: <c>{ seed: range(1, 4) }</c>.</summary>
    private static bool IsCutCall(string text) => text.Contains('(', StringComparison.Ordinal) && !text.Contains(')', StringComparison.Ordinal);

    private static string Short(JsonElement json) => json.GetRawText() is { Length: <= LongestShown } text ? text : "{ … }";

    private static string NumberInText(string text, bool optional, Func<double, bool> isAllowed)
    {
        foreach (double reading in NumberText.Readings(text))
        {
            if (isAllowed(reading))
            {
                return NumberText.IsQuotedNumber(text.Trim().Trim('"', '\'')) ? $"; remove the quotes: {text.Trim().Trim('"', '\'')}" : $"; write {NumberText.Format(reading)}";
            }
        }

        if (NumberSequence.Read(text) is { } numbers && numbers.All(isAllowed))
        {
            return $"{Several}: {NumberSequence.Format(numbers)}";
        }

        string folded = text.Trim().ToUpperInvariant();
        return No.Contains(folded) ? Off(optional, isAllowed) : Missing(folded, optional);
    }

    private static string Missing(string folded, bool optional) => !Nothing.Contains(folded) ? "" : optional ? "; write null" : "; leave it out for the default";

    private static string Off(bool optional, Func<double, bool> isAllowed) => optional ? "; write null" : isAllowed(0) ? "; write 0" : "";
}
