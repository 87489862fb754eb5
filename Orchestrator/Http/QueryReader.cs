using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;
using Microsoft.Extensions.Primitives;

namespace Experiments.Orchestrator.Http;

/// <summary>
/// Reads query parameters into properties. The framework's own binding refuses a value without quoting it or saying what is allowed; this collects
/// such errors in the <see cref="QueryParameters"/>. An empty value counts as none.
/// </summary>
internal static class QueryReader
{
    /// <summary>
    /// Reads properties of the types <see cref="string"/>, <see cref="TextList"/>, <see cref="bool"/>, <see cref="int"/> with a
    /// <see cref="RangeAttribute"/>, and enums, of which the case does not matter.
    /// </summary>
    public static T Read<T>(IQueryCollection query)
        where T : QueryParameters, new()
    {
        var parameters = new T();
        foreach (PropertyInfo property in typeof(T).GetProperties())
        {
            string name = NameOf(property);
            if (query[name] is { Count: > 0 } given && Parse(property, name, given, parameters) is { } value)
            {
                property.SetValue(parameters, value);
            }
        }

        return parameters;
    }

    public static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static object? Parse(PropertyInfo property, string name, StringValues given, QueryParameters parameters)
    {
        string? text = given.LastOrDefault() is { Length: > 0 } last ? last : null;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(TextList) ? new TextList(text, Split(given))
            : text is null || type == typeof(string) ? text
            : type == typeof(bool) ? Flag(name, text, parameters)
            : type.IsEnum ? Choice(type, name, text, parameters)
            : property.GetCustomAttribute<RangeAttribute>() is { Minimum: int minimum, Maximum: int maximum } ? Integer(parameters, name, text, minimum, maximum)
            : throw new NotSupportedException($"query parameters cannot be of the type of {property.DeclaringType}.{property.Name}");
    }

    private static string[] Split(StringValues given) =>
        [.. given.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    /// <summary>Null for no text, and when it was refused.</summary>
    public static int? Integer(QueryParameters parameters, string name, string? text, int minimum, int maximum)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        parameters.Refuse(name, $"not allowed: \"{Quote.Shorten(text)}\"; allowed: a whole number from {minimum} to {maximum}");
        return null;
    }

    private static object? Choice(Type type, string name, string text, QueryParameters parameters)
    {
        string[] all = [.. Enum.GetNames(type).Select(value => value.ToLowerInvariant())];
        if (all.Contains(text.ToLowerInvariant()))
        {
            return Enum.Parse(type, text, ignoreCase: true);
        }

        parameters.Refuse(name, ProblemText.Of($"unknown value: \"{Quote.Shorten(text)}\"", string.Join(", ", all), NearestName.Hint(text, all)));
        return null;
    }

    private static bool? Flag(string name, string text, QueryParameters parameters)
    {
        if (bool.TryParse(text, out bool flag))
        {
            return flag;
        }

        parameters.Refuse(name, $"not allowed: \"{Quote.Shorten(text)}\"; allowed: true or false");
        return null;
    }
}
