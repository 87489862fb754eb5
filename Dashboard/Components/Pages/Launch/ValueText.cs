using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Reads values of hyperparameters as users type them: one, or several separated by commas or spaces.</summary>
public static class ValueText
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\n'];

    /// <summary>Reads all values of the input, or none.</summary>
    /// <param name="problem">The error of the first invalid value, with the value and what is allowed.</param>
    public static bool TryReadAll(HyperparameterDefinition definition, string text, out IReadOnlyList<object?> values, out string problem)
    {
        var read = new List<object?>();
        values = read;
        if ((problem = DecimalComma(definition, text)).Length > 0)
        {
            values = [];
            return false;
        }

        foreach (string part in Parts(definition, text))
        {
            if (!definition.TryRead(ToJson(definition, part), out object? value, out problem))
            {
                values = [];
                return false;
            }

            read.Add(value);
        }

        return true;
    }

    /// <summary>A message for input that may be two numbers or one with a decimal comma; empty if it is unambiguous.</summary>
    private static string DecimalComma(HyperparameterDefinition definition, string text)
    {
        bool takesFractions = definition.Kind == HyperparameterKind.Number;
        if ((!takesFractions && definition.Kind != HyperparameterKind.Integer) || text.Trim().Split(',') is not [{ Length: > 0 } whole, { Length: > 0 } rest]
            || !whole.All(char.IsAsciiDigit) || !rest.All(char.IsAsciiDigit))
        {
            return "";
        }

        // "0,5" and "1,000" are unlikely to be lists; "8,16" is one.
        return takesFractions && (whole == "0" || rest[0] == '0') ? $"\"{text.Trim()}\" can be one number or two; write {whole}.{rest}, or {whole} {rest} with a space between them"
            : rest.Length == 3 && rest[0] == '0' ? $"\"{text.Trim()}\" can be one number or two; write {whole}{rest}, or {whole} {rest} with a space between them"
            : "";
    }

    // Paths and lists may contain spaces and commas, so they are not split.
    private static string[] Parts(HyperparameterDefinition definition, string text) =>
        definition.Kind is HyperparameterKind.Text or HyperparameterKind.List || IsList(definition, text)
            ? text.Trim() is { Length: > 0 } whole ? [whole] : []
            : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonElement ToJson(HyperparameterDefinition definition, string text)
    {
        if (definition.Optional && text is "auto" or "null" or "none" or "None")
        {
            return JsonSerializer.SerializeToElement<object?>(null);
        }

        if (definition.Kind == HyperparameterKind.Flag && bool.TryParse(text, out bool flag))
        {
            return JsonSerializer.SerializeToElement(flag);
        }

        if (definition.Kind == HyperparameterKind.List)
        {
            return ListToJson(text);
        }

        if (IsList(definition, text))
        {
            return YamlToJson(text);
        }

        bool isNumber = definition.Kind is HyperparameterKind.Integer or HyperparameterKind.Number;
        if (isNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return JsonSerializer.SerializeToElement(whole);
        }

        return isNumber && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? JsonSerializer.SerializeToElement(number)
            : JsonSerializer.SerializeToElement(text);
    }

    private static bool IsList(HyperparameterDefinition definition, string text) => definition.TakesList && text.TrimStart().StartsWith('[');

    /// <summary>Parses the value as in a sweep file; returns the text itself if it is not YAML.</summary>
    private static JsonElement YamlToJson(string text)
    {
        try
        {
            using JsonDocument json = YamlJson.ToJson(text);
            return json.RootElement.Clone();
        }
        catch (YamlSyntaxException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    /// <summary>A list as YAML writes it, with or without its brackets.</summary>
    private static JsonElement ListToJson(string text)
    {
        string[] parts = text.Trim().TrimStart('[').TrimEnd(']').Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        long[] numbers = [.. parts.Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1)];
        return numbers.Contains(-1) ? JsonSerializer.SerializeToElement(text) : JsonSerializer.SerializeToElement(numbers);
    }
}
