using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Numbers;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Documents;

/// <summary>
/// A JSON object that is read key by key: values that are read are checked, and keys that were never read are unknown. All problems
/// go to one list.
/// </summary>
internal sealed class SpecObject
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly List<string> _known = [];
    private readonly string _prefix;

    private SpecObject(JsonElement json, string path, SpecErrors errors)
    {
        _prefix = path == SpecErrors.Root ? "" : path + ".";
        Errors = errors;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name, property.Value))
            {
                errors.Add(PathOf(property.Name), "given twice; allowed: once");
            }
        }
    }

    public SpecErrors Errors { get; }

    /// <summary>The keys in the order in which they were written.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Entries => _values;

    /// <summary>Reads <paramref name="json"/> as an object; null, and a problem, if it is none.</summary>
    /// <param name="hint">What to write instead if it is not an object; empty for no hint.</param>
    public static SpecObject? Open(JsonElement json, string path, string example, SpecErrors errors, string hint = "")
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            return new SpecObject(json, path, errors);
        }

        errors.Add(path, ProblemText.Of($"not a mapping: {ProblemText.Quote(json)}", example, hint.Length > 0 ? hint : ValueHints.OutOfAList(json)));
        return null;
    }

    public string PathOf(string key) => _prefix + key;

    /// <summary>The value of a key, which counts as read; null where it is absent.</summary>
    public JsonElement? Take(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return _values.TryGetValue(key, out JsonElement value) ? value : null;
    }

    public string? TakeText(string key, int longest)
    {
        if (Take(key) is not { } json)
        {
            return null;
        }

        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        bool hasControls = text?.Any(char.IsControl) == true;
        if (!string.IsNullOrWhiteSpace(text) && text.Length <= longest && !hasControls)
        {
            return text;
        }

        string what = text is null ? "not a text" : hasControls ? "has control characters" : text.Length > longest ? "too long" : "empty";
        Wrong(key, what, json, $"a text of 1 to {longest} characters", ValueHints.Text(json));
        return null;
    }

    public int TakeInteger(string key, int fallback, int minimum, int maximum) =>
        TakeOptionalInteger(key, minimum, maximum) ?? fallback;

    public int? TakeOptionalInteger(string key, int minimum, int maximum)
    {
        if (Take(key) is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        bool whole = json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number) && number == Math.Floor(number);
        if (whole && json.GetDouble() >= minimum && json.GetDouble() <= maximum)
        {
            return (int)json.GetDouble();
        }

        Wrong(key, whole ? "out of range" : "not a whole number", json, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"),
            whole ? "" : ValueHints.Number(json, optional: true, number => number == Math.Floor(number) && number >= minimum && number <= maximum));
        return null;
    }

    public double TakeNumber(string key, double fallback, NumberRange range)
    {
        if (Take(key) is not { } json)
        {
            return fallback;
        }

        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number) && range.Contains(number))
        {
            return number;
        }

        Wrong(key, json.ValueKind == JsonValueKind.Number ? "out of range" : "not a number", json, range.ToString(), ValueHints.Number(json, optional: false, range.Contains) + ValueHints.Percentage(json, range));
        return fallback;
    }

    public bool TakeFlag(string key, bool fallback)
    {
        if (Take(key) is not { } json)
        {
            return fallback;
        }

        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }

        Wrong(key, "not a truth value", json, "true or false", ValueHints.Flag(json, optional: false));
        return fallback;
    }

    public string? TakeName(string key, IReadOnlyList<string> names)
    {
        if (Take(key) is not { } json)
        {
            return null;
        }

        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        if (text is not null && names.Contains(text))
        {
            return text;
        }

        Wrong(key, text is null ? "not a name" : "unknown value", json, string.Join(", ", names), ValueHints.Name(json, names));
        return null;
    }

    /// <summary>Call last: reports the keys that were not read.</summary>
    /// <param name="belongs">Tells where a misplaced key belongs; null for any other.</param>
    public void RefuseOthers(Func<string, string?>? belongs = null)
    {
        foreach (string key in _values.Keys.Where(key => !_known.Contains(key)))
        {
            Unknown(key, _known, belongs?.Invoke(key));
        }
    }

    /// <param name="hint">What to do about it; null to suggest the nearest allowed key.</param>
    public void Unknown(string key, IReadOnlyList<string> allowed, string? hint = null)
    {
        KeyValuePair<string, JsonElement>[] before = [.. _values.TakeWhile(entry => entry.Key != key)];
        hint ??= _values.TryGetValue(key, out JsonElement value) ? ValueHints.AfterComma(key, value, before.Length == 0 ? null : before[^1]) : null;
        string shown = key.Length <= 80 ? key : string.Concat(key.AsSpan(0, 80), "…");
        Errors.Add(PathOf(shown), ProblemText.Of($"unknown key: \"{shown}\"", string.Join(", ", allowed), hint ?? NearestName.Hint(key, allowed)));
    }

    public void Wrong(string key, string what, JsonElement json, string allowed, string hint = "") =>
        Errors.Add(PathOf(key), ProblemText.Of($"{what}: {ProblemText.Quote(json)}", allowed, hint));
}
