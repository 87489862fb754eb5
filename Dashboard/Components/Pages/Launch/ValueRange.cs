using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Evenly spaced values of a hyperparameter.</summary>
/// <param name="Count">How many, ends included.</param>
/// <param name="Logarithmic">Spaced by a factor instead of a difference.</param>
public sealed record ValueRange(double From, double To, int Count, bool Logarithmic)
{
    public const int MostValues = 1000;

    /// <summary>The values, rounded to three significant digits (except the ends) or to whole numbers; distinct.</summary>
    public bool TryExpand(HyperparameterDefinition definition, out IReadOnlyList<object?> values, out string problem)
    {
        values = [];
        problem = Complaint() ?? "";
        if (problem.Length > 0)
        {
            return false;
        }

        var expanded = new List<object?>();
        for (int index = 0; index < Count; index++)
        {
            double number = Round(definition, index);
            if (!definition.TryRead(JsonSerializer.SerializeToElement(number), out object? value, out problem))
            {
                return false;
            }

            if (!expanded.Contains(value))
            {
                expanded.Add(value);
            }
        }

        values = expanded;
        return true;
    }

    private string? Complaint() => this switch
    {
        { Count: < 2 or > MostValues } => string.Create(CultureInfo.InvariantCulture, $"number of values: {Count}; allowed: 2 to {MostValues}"),
        _ when !double.IsFinite(From) || !double.IsFinite(To) => "not a finite number; allowed: finite ends",
        { Logarithmic: true } when From <= 0 || To <= 0 =>
            string.Create(CultureInfo.InvariantCulture, $"a logarithmic range from {From} to {To}; allowed: ends above 0"),
        _ => null,
    };

    private double Round(HyperparameterDefinition definition, int index)
    {
        double raw = At((double)index / (Count - 1));
        if (definition.Kind == HyperparameterKind.Integer)
        {
            return Math.Round(raw);
        }

        return index == 0 ? From
            : index == Count - 1 ? To
            : double.Parse(raw.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private double At(double share) => Logarithmic
        ? From * Math.Pow(To / From, share)
        : From + ((To - From) * share);
}
