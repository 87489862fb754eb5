using System.Globalization;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Orchestrator.Http;

/// <summary>Reads the query of a request and collects its errors.</summary>
internal sealed class Query(IQueryCollection values)
{
    private readonly SpecErrors _errors = new();

    public string? Text(string name) => values[name].LastOrDefault() is { Length: > 0 } text ? text : null;

    /// <summary>All values of a parameter that may be repeated or comma-separated.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. values[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    public int? Integer(string name, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(name, $"not allowed: \"{Shorten(text)}\"; allowed: a whole number from {minimum} to {maximum}");
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (EnumText.TryParse(text.ToLowerInvariant(), out T value))
        {
            return value;
        }

        IReadOnlyList<string> all = EnumText.All<T>();
        string hint = NearestName.Hint(text, all);
        Refuse(name, ProblemText.Of($"unknown value: \"{Shorten(text)}\"", string.Join(", ", all), hint));
        return null;
    }

    /// <summary>False by default.</summary>
    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (bool.TryParse(text, out bool flag))
        {
            return flag;
        }

        Refuse(name, $"not allowed: \"{Shorten(text)}\"; allowed: true or false");
        return false;
    }

    /// <summary>The maximum number of points per curve; null for all.</summary>
    public int? MaxPoints() => Integer("maxPoints", 1, 1_000_000);

    /// <summary>Whether points of curves include their time; true by default.</summary>
    public bool WithTimes() => Text("times") is null || Flag("times");

    /// <summary>Whether points of curves include their attempt; false by default.</summary>
    public bool WithAttempts() => Flag("attempts");

    public void Refuse(string name, string problem) => _errors.Add(name, problem);

    /// <exception cref="ApiException">A parameter is not valid.</exception>
    public void ThrowIfInvalid()
    {
        if (_errors.Any)
        {
            throw ApiException.BadRequest(_errors.ToDictionary());
        }
    }

    public static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}

/// <summary>The requested part of a list.</summary>
internal readonly record struct PageRange(int Skip, int Take)
{
    public const int DefaultTake = 100;
    public const int MostTake = 10_000;

    public static PageRange Read(Query query) => new(
        query.Integer("skip", 0, int.MaxValue) ?? 0,
        query.Integer("take", 0, MostTake) ?? DefaultTake);
}
