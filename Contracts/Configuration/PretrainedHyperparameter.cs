using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>The source of the initial weights: one of a few names, a run, or a path.</summary>
internal sealed class PretrainedHyperparameter(string name, string label, HyperparameterGroup group, string description)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.Text;

    public override string Allowed => $"none, imagenet, run:<id>, or {WeightFileNames.Allowed}";

    public override object? Get(Hyperparameters hyperparameters) => hyperparameters.Pretrained;

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) =>
        hyperparameters with { Pretrained = (string)value! };

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        if (text is "none" or "imagenet" || RunReference.IsRun(text) || (text is not null && WeightFileNames.Fits(text)))
        {
            value = text;
            return true;
        }

        problem = Problem("unknown source of weights", json, RunReference.Hint(json) ?? ValueHints.Name(json, ["none", "imagenet"]));
        return false;
    }
}
