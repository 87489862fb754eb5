using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>A whole number in a closed range, or null if optional.</summary>
internal sealed class IntegerHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    long minimum,
    long maximum,
    Func<Hyperparameters, long?> get,
    Func<Hyperparameters, long?, Hyperparameters> set,
    bool optional = false)
    : HyperparameterDefinition(name, label, group, description, optional)
{
    public override HyperparameterKind Kind => HyperparameterKind.Integer;

    public override string Allowed => string.Create(
        CultureInfo.InvariantCulture,
        $"a whole number from {minimum} to {maximum}{(Optional ? ", or null" : "")}");

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (long?)value);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (Optional && json.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        // 1e2 and 64.0 are whole numbers too, as users write them in YAML.
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out double number) || number != Math.Floor(number))
        {
            problem = Problem("not a whole number", json, ValueHints.Number(json, Optional, IsAllowed));
            return false;
        }

        if (number < minimum || number > maximum)
        {
            problem = Problem("out of range", json);
            return false;
        }

        value = json.TryGetInt64(out long exact) ? exact : (long)number;
        return true;
    }

    private bool IsAllowed(double number) => number == Math.Floor(number) && number >= minimum && number <= maximum;
}
