using Experiments.Contracts.Configuration;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Edits the values of any hyperparameter; everything it shows comes from the definition.</summary>
public sealed partial class HyperparameterEditor : ComponentBase
{
    /// <summary>More choices than this take a full row, since they would leave empty space in a column.</summary>
    private const int MostInColumn = 6;

    private string _text = "";
    private bool _isRangeOpen;

    [Parameter, EditorRequired]
    public required SweepDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required HyperparameterDefinition Definition { get; set; }

    [Parameter]
    public string? Error { get; set; }

    /// <summary>Warnings: values that are allowed but probably unintended.</summary>
    [Parameter]
    public string? Doubt { get; set; }

    /// <summary>The draft changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private ParameterDraft Parameter => Draft.Parameter(Definition);

    private string InputId => $"hp-{Definition.Name}";

    private string Default => HyperparameterDefinition.Format(Definition.Get(Hyperparameters.Default));

    /// <summary>The value that applies while none is chosen here.</summary>
    private string Inherited => Draft.SharedValuesOf(Definition) is [var shared, ..] ? HyperparameterDefinition.Format(shared) : Default;

    /// <summary>The default value and its origin.</summary>
    private string Fallback => Draft.SharedValuesOf(Definition) is [var shared, ..] ? $"all grids: {Definition.Describe(shared)}" : $"default {Default}";

    /// <summary>The allowed values; not repeated for choices, which are listed below, unless other values are also allowed.</summary>
    private string Help => Definition.Choices.Count > 0 && !Definition.TakesList
        ? $"{Definition.Description}\nDefault: {Default}."
        : $"{Definition.Description}\nAllowed: {Definition.Allowed}.\nDefault: {Default}.";

    private string Class => $"{(Parameter.InGrid ? "is-axis" : "")} {(Definition.Choices.Count > MostInColumn ? "field-row-wide" : "")}";

    private string? Aside => Parameter switch
    {
        { Values.Count: 0 } when Draft.Space.Any(axis => axis.Hyperparameter == Definition) => "drawn, see below",
        { InGrid: true, Values.Count: var count } => count == 1 ? "1 value" : $"{count} values",
        _ when Draft.Selected is null && Draft.GridsThatSet(Definition) is { Count: > 0 } grids => $"set in grid {string.Join(", ", grids)}",
        { Values.Count: 0 } => Fallback,
        _ => null,
    };

    private Task ToggleAsync(string choice)
    {
        if (!ValueText.TryReadAll(Definition, choice, out IReadOnlyList<object?> values, out string problem))
        {
            throw new InvalidOperationException($"{Definition.Name} offers what it does not take: {problem}");
        }

        return Parameter.Values.Contains(values[0]) ? RemoveAsync(values[0]) : AddAllAsync(values);
    }

    private async Task AddTextAsync(string? text)
    {
        _text = text ?? "";
        if (ValueText.TryReadAll(Definition, _text, out IReadOnlyList<object?> values, out string problem))
        {
            await AddAllAsync(values);
        }
        else
        {
            Draft.Refused.Set(Definition.Name, problem);
            await OnChanged.InvokeAsync();
        }
    }

    private async Task AddAllAsync(IReadOnlyList<object?> values)
    {
        if (values.Count > 1 && !Draft.TakesSeveral)
        {
            Draft.Refused.Set(Definition.Name, $"{values.Count} values; settings that all grids share take one. Choose a grid above for several");
            await OnChanged.InvokeAsync();
            return;
        }

        _text = "";
        Draft.Refused.Set(Definition.Name, null);
        foreach (object? value in values)
        {
            Draft.Add(Definition, value);
        }

        await OnChanged.InvokeAsync();
    }

    private Task AddRangeAsync(IReadOnlyList<object?> values)
    {
        _isRangeOpen = false;
        return AddAllAsync(values);
    }

    private async Task RemoveAsync(object? value)
    {
        Parameter.Remove(value);
        await OnChanged.InvokeAsync();
    }
}
