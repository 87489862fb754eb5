using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>True or false, or null if optional. Boxed as <see cref="bool"/>.</summary>
internal sealed class FlagHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    Func<Hyperparameters, bool?> get,
    Func<Hyperparameters, bool?, Hyperparameters> set,
    bool optional = false)
    : HyperparameterDefinition(name, label, group, description, optional)
{
    public override HyperparameterKind Kind => HyperparameterKind.Flag;

    public override IReadOnlyList<string> Choices { get; } = optional ? ["auto", "true", "false"] : ["true", "false"];

    public override string Allowed => $"true or false{(Optional ? ", or null" : "")}";

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (bool?)value);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
        bool allowed = value is not null || (Optional && json.ValueKind == JsonValueKind.Null);
        problem = allowed ? "" : Problem("neither true nor false", json, ValueHints.Flag(json, Optional));
        return allowed;
    }
}
