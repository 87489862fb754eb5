using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>The run of the teacher: none, or another run of this installation.</summary>
internal sealed class TeacherHyperparameter(string name, string label, HyperparameterGroup group, string description)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.Text;

    public override string Allowed => "none, or run:<id>";

    public override object? Get(Hyperparameters hyperparameters) => hyperparameters.Teacher;

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => hyperparameters with { Teacher = (string)value! };

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        bool allowed = text == "none" || RunReference.IsRun(text);
        value = allowed ? text : null;
        problem = allowed ? "" : Problem("not a run", json, RunReference.Hint(json) ?? ValueHints.Name(json, ["none"]));
        return allowed;
    }
}
