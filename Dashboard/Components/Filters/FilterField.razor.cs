using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>The field to filter the runs of a sweep.</summary>
public sealed partial class FilterField : OrchestratorComponent
{
    private const string Help =
        "Words are searched for in name, tags, model and notes. Compare hyperparameters (or lr, bs, wd, …), metrics (acc, loss), status, tag, … with = != < <= > >= ~ (contains) or in (a, b); join with and, or, not and parentheses.";

    private IReadOnlyList<FilterSuggestion> _suggestions = [];
    private FilterVocabulary? _vocabulary;
    private (string Sweep, string Spec)? _knownOf;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>The sweep whose runs are filtered.</summary>
    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    /// <summary>Null for no filter.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>Why the filter cannot be applied.</summary>
    [Parameter]
    public string? Problem { get; set; }

    private string ListId => $"{Id}-list";

    private string ProblemId => $"{Id}-problem";

    private async Task TypedAsync(FilterTypedEventArgs typed)
    {
        (string, string) wanted = (Sweep.Id, Sweep.Spec.GetRawText());
        if (_knownOf == wanted)
        {
            _suggestions = FilterCompletion.At(typed.Text, typed.Caret, _vocabulary!);
            return;
        }

        // The sweep's file is enough to start with: tags and metrics of thousands of runs follow a moment later.
        (_knownOf, _vocabulary) = (wanted, new FilterVocabulary(Sweep, null));
        _suggestions = FilterCompletion.At(typed.Text, typed.Caret, _vocabulary);
        StateHasChanged();

        // Without an answer the page shows that the Orchestrator is unreachable; the next character requests the names again.
        await RequestAsync(_ => _knownOf = null, async () =>
        {
            RunNames names = await Orchestrator.GetNamesAsync(Sweep.Id, Closing);
            _vocabulary = _knownOf == wanted ? new FilterVocabulary(Sweep, names) : _vocabulary;
        });
    }
}
