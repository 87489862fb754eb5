using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Configuration;

/// <summary>A finite number in a range whose ends may be excluded, or null if optional.</summary>
internal sealed class NumberHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    NumberRange range,
    Func<Hyperparameters, double?> get,
    Func<Hyperparameters, double?, Hyperparameters> set,
    bool optional = false)
    : HyperparameterDefinition(name, label, group, description, optional)
{
    public override HyperparameterKind Kind => HyperparameterKind.Number;

    public override string Allowed => $"{range}{(Optional ? ", or null" : "")}";

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (double?)value);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (Optional && json.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        // A huge literal such as 1e999 parses to infinity.
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out double number) || !double.IsFinite(number))
        {
            problem = Problem("not a finite number", json, ValueHints.Number(json, Optional, range.Contains));
            return false;
        }

        if (!range.Contains(number))
        {
            problem = Problem("out of range", json, ValueHints.Percentage(json, range));
            return false;
        }

        // -0 equals 0 but is written differently, which would make two keys of one configuration.
        value = number == 0 ? 0.0 : number;
        return true;
    }
}
