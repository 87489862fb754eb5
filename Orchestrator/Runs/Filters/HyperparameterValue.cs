using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Text;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Reads the value of a hyperparameter in a filter, as the catalog of hyperparameters allows it.</summary>
internal static class HyperparameterValue
{
    private const int LongestAllowed = 100;

    /// <param name="isNothing">Whether the text means no value.</param>
    /// <exception cref="FilterException">The hyperparameter cannot have that value.</exception>
    public static object? Read(HyperparameterDefinition definition, FilterToken token, bool isNothing)
    {
        if (isNothing)
        {
            // Also for required ones: runs of earlier versions lack hyperparameters added since.
            return null;
        }

        JsonElement json = ToJson(definition, token);
        return definition.TryRead(json, out _, out string problem)
            ? ToStored(json)
            : throw new FilterException(token.Position, $"{definition.Name} has no such value, {Shorten(problem, definition)}");
    }

    /// <summary>A hint is more useful than a long list of everything that is allowed.</summary>
    private static string Shorten(string problem, HyperparameterDefinition definition)
    {
        string allowed = $"; allowed: {definition.Allowed}";
        return allowed.Length > LongestAllowed && !problem.EndsWith(allowed, StringComparison.Ordinal) ? problem.Replace(allowed, "", StringComparison.Ordinal) : problem;
    }

    private static JsonElement ToJson(HyperparameterDefinition definition, FilterToken token)
    {
        bool mayBeList = definition.Kind == HyperparameterKind.List || definition.TakesList;
        if (mayBeList && token.Text.StartsWith('['))
        {
            return ParseList(token);
        }

        return token switch
        {
            { Kind: FilterTokenKind.Quoted } => JsonSerializer.SerializeToElement(token.Text),
            { Text: "true" or "1" } when definition.Kind == HyperparameterKind.Flag => JsonSerializer.SerializeToElement(true),
            { Text: "false" or "0" } when definition.Kind == HyperparameterKind.Flag => JsonSerializer.SerializeToElement(false),
            _ => double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? JsonSerializer.SerializeToElement(number)
                : JsonSerializer.SerializeToElement(Nfc.Of(token.Text)),
        };
    }

    private static JsonElement ParseList(FilterToken token)
    {
        try
        {
            using JsonDocument list = JsonDocument.Parse(token.Text);
            return list.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new FilterException(token.Position, $"not a list: \"{Http.Quote.Shorten(token.Text)}\"; allowed: as the table of runs writes it, such as '[10,20]'");
        }
    }

    /// <summary>The value as SQLite's <c>json_extract</c> returns it.</summary>
    private static object ToStored(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString()!,
        _ => json.GetRawText(),
    };
}
