using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A part of the page that reads the evaluations of runs: once, and again when one of them has a new one or something else is asked for.</summary>
public abstract class EvaluationLoader : OrchestratorComponent
{
    private string? _loaded;
    private object? _failedWith;
    private object? _shown;
    private int _answers;
    private bool _isChanged;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ComparedRun> Runs { get; set; }

    /// <summary>Why there is nothing to show; null when there is.</summary>
    protected string? Problem { get; private set; }

    /// <summary>What the answer depends on beside the evaluations.</summary>
    protected abstract string WhatToLoad { get; }

    /// <summary>What else decides what is shown.</summary>
    protected abstract string HowToShow { get; }

    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>What was loaded, or how it is to be shown, has changed.</summary>
    protected abstract void OnShown();

    protected static string? DigestOf(ComparedRun run) =>
        run.Run.Artifacts.FirstOrDefault(artifact => artifact.Name == ArtifactNames.Evaluation)?.Sha256;

    protected override async Task OnParametersSetAsync()
    {
        string wanted = $"{WhatToLoad}|{string.Join(',', Runs.Select(run => $"{run.Id}:{DigestOf(run)}"))}";
        if (wanted != _loaded && !ReferenceEquals(Runs, _failedWith))
        {
            _loaded = wanted;
            await TryLoadAsync();
            _answers++;
        }

        object shown = (Runs, _loaded, HowToShow, _answers);
        _isChanged = !shown.Equals(_shown);
        _shown = shown;
        OnShown();
    }

    /// <summary>Live points come several times a second, and change nothing here.</summary>
    protected override bool ShouldRender() => _isChanged;

    private async Task TryLoadAsync()
    {
        try
        {
            await LoadAsync(Closing);
            (Problem, _failedWith) = (null, null);
        }
        catch (OrchestratorException problem)
        {
            // Tried again when the page has read its runs anew, not with every point that comes.
            (_loaded, _failedWith, Problem) = (null, Runs, problem.Explain());
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
