using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>A list of ascending numbers of epochs, possibly empty; in a grid an axis is a list of such lists. Boxed as <see cref="EpochList"/>.</summary>
internal sealed class EpochListHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    int maximum,
    Func<Hyperparameters, EpochList> get,
    Func<Hyperparameters, EpochList, Hyperparameters> set)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.List;

    public override string Allowed => $"a list of ascending whole numbers from 1 to {maximum}, such as [10, 20]";

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (EpochList)value!);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        var epochs = new List<int>();
        if (json.ValueKind != JsonValueKind.Array)
        {
            problem = Problem("not a list", json, ValueHints.List(json));
            return false;
        }

        foreach (JsonElement element in json.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out int epoch) || epoch < 1 || epoch > maximum)
            {
                problem = Problem("not a number of epochs", element, ValueHints.Number(element, optional: false, number => number == Math.Floor(number) && number >= 1 && number <= maximum));
                return false;
            }

            if (epochs.Count > 0 && epoch <= epochs[^1])
            {
                problem = Problem("not ascending", json);
                return false;
            }

            epochs.Add(epoch);
        }

        value = new EpochList(epochs);
        return true;
    }
}
