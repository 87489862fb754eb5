using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A part of the page that reads evaluations of runs, and reads them again when an evaluation or the request changes.</summary>
public abstract class EvaluationLoader : OrchestratorComponent
{
    private string? _loaded;
    private object? _failedWith;
    private object? _shown;
    private int _answers;
    private bool _isChanged;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ComparedRun> Runs { get; set; }

    /// <summary>Why there is nothing to show; null if there is something.</summary>
    protected string? Problem { get; private set; }

    /// <summary>What the result depends on besides the evaluations.</summary>
    protected abstract string WhatToLoad { get; }

    /// <summary>What else the rendering depends on.</summary>
    protected abstract string HowToShow { get; }

    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Called after the loaded data or its presentation changed.</summary>
    protected abstract void OnShown();

    protected static string? DigestOf(ComparedRun run) =>
        run.Run.Artifacts.FirstOrDefault(artifact => artifact.Name == ArtifactNames.Evaluation)?.Sha256;

    protected override async Task OnParametersSetAsync()
    {
        string wanted = $"{WhatToLoad}|{string.Join(',', Runs.Select(run => $"{run.Id}:{DigestOf(run)}"))}";
        if (wanted != _loaded && !ReferenceEquals(Runs, _failedWith))
        {
            _loaded = wanted;
            await RequestAsync(Fail, async () =>
            {
                await LoadAsync(Closing);
                (Problem, _failedWith) = (null, null);
            });
            _answers++;
        }

        object shown = (Runs, _loaded, HowToShow, _answers);
        _isChanged = !shown.Equals(_shown);
        _shown = shown;
        OnShown();
    }

    /// <summary>Skips live points, which arrive several times a second and change nothing here.</summary>
    protected override bool ShouldRender() => _isChanged;

    /// <summary>Retries after the page has reloaded its runs, not with every live point.</summary>
    private void Fail(OrchestratorException problem) => (_loaded, _failedWith, Problem) = (null, Runs, problem.Explain());
}
