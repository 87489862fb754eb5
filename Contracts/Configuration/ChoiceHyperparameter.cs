using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>One of a fixed set of names.</summary>
internal sealed class ChoiceHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    Func<IReadOnlyList<string>> choices,
    Func<Hyperparameters, string> get,
    Func<Hyperparameters, string, Hyperparameters> set)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.Choice;

    public override IReadOnlyList<string> Choices => choices();

    public override string Allowed => string.Join(", ", Choices);

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (string)value!);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (json.ValueKind == JsonValueKind.String && Choices.Contains(json.GetString()!))
        {
            value = json.GetString();
            return true;
        }

        problem = Problem(json.ValueKind == JsonValueKind.String ? "unknown value" : "not a name", json, ValueHints.Name(json, Choices));
        return false;
    }
}
