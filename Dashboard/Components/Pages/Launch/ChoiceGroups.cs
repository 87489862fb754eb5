using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Choices of a hyperparameter that belong together.</summary>
/// <param name="Name">Null for a single group.</param>
internal sealed record ChoiceGroup(string? Name, IReadOnlyList<string> Choices);

/// <summary>The choices of a hyperparameter as the form lists them. Pure.</summary>
internal static class ChoiceGroups
{
    /// <summary>Models by family; others in catalog order.</summary>
    public static IReadOnlyList<ChoiceGroup> Of(HyperparameterDefinition definition) => definition.Name == "model"
        ? [.. ModelFamilies.All.Select(family => new ChoiceGroup(family.Name, [.. family.Models.Select(model => model.Name)]))]
        : [new ChoiceGroup(null, definition.Choices)];

    /// <summary>Choices whose name, family or alias contains all the words; all choices for no words.</summary>
    public static IReadOnlyList<ChoiceGroup> Matching(IReadOnlyList<ChoiceGroup> groups, string words)
    {
        string[] parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. groups
                .Select(group => group with { Choices = [.. group.Choices.Where(choice => parts.All(part => Has(group, choice, part)))] })
                .Where(group => group.Choices.Count > 0),
        ];
    }

    private static bool Has(ChoiceGroup group, string choice, string word) =>
        $"{group.Name}\n{choice}".Contains(word, StringComparison.OrdinalIgnoreCase)
        || choice.Replace("_", "", StringComparison.Ordinal).Contains(word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        || NameAliases.Find(word, [choice]).Any();
}
