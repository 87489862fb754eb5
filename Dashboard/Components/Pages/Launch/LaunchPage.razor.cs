using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Writes a sweep, as a form or as YAML, and launches it.</summary>
public sealed partial class LaunchPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan PreviewInterval = TimeSpan.FromMilliseconds(400);
    private static readonly IReadOnlyDictionary<string, string[]> NoErrors = new Dictionary<string, string[]>();

    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private SweepDraft _draft = new();
    private DraftCheck _check = DraftCheck.Of(new SweepDraft());
    private IReadOnlyDictionary<string, string[]> _serverErrors = NoErrors;
    private IReadOnlyDictionary<string, string[]> _shownErrors = NoErrors;
    private IReadOnlyList<YamlProblem> _yamlProblems = [];
    private string _yaml = "";
    private string? _loadedFrom;
    private SweepView? _source;
    private SweepPreview? _preview;
    private Throttler? _previews;
    private string? _notice;
    private string? _sourceProblem;
    private bool _isLoading;
    private bool _isLaunching;
    private bool _wasEdited;

    public LaunchPage() => _closed = _closing.Token;

    /// <summary>The id of a sweep to start from.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary><c>yaml</c> for the YAML tab.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [Inject]
    private OrchestratorClient Orchestrator { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<LaunchPage> Logger { get; set; } = default!;

    private bool IsYaml => Tab == "yaml";

    private bool CanLaunch => _check.IsComplete && _yamlProblems.Count == 0 && _draft.Refused.Problems.Count == 0;

    /// <summary>The form would show another sweep than the text says, and touching it would lose the text.</summary>
    private bool IsFormOutdated => !IsYaml && _yamlProblems.Count > 0;

    private IReadOnlyList<(string Path, string Message)> Problems =>
        IsYaml || IsFormOutdated
            ? []
            : [.. _draft.Refused.Problems.Select(input => (input.Key, input.Value))
                .Concat((_wasEdited ? _check.Errors : NoErrors).Concat(_serverErrors).SelectMany(error => error.Value.Select(message => (error.Key, message))))
                .Distinct()];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_previews is not null)
        {
            await _previews.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override void OnInitialized() =>
        _previews = new Throttler(Clock, PreviewInterval, _ => InvokeAsync(PreviewAsync), Logger);

    protected override async Task OnParametersSetAsync()
    {
        if (From is not null && From != _loadedFrom)
        {
            _loadedFrom = From;
            await LoadSourceAsync(From);
        }

        // Arriving at the YAML tab shows what the form says; a text with problems stays as it was left.
        if (IsYaml && _yamlProblems.Count == 0)
        {
            _yaml = SweepYaml.Write(_draft);
        }

        Check();
    }

    private async Task LoadSourceAsync(string id)
    {
        _isLoading = true;
        try
        {
            _source = await Orchestrator.GetSweepAsync(id, _closed);
            if (SweepSpecReader.TryRead(_source.Spec, out SweepSpec? spec, out _))
            {
                _draft = SweepDraft.From(spec);
                _wasEdited = true;
            }
            else
            {
                _sourceProblem = $"The specification of “{_source.Name}” is not valid any more and could not be taken over.";
            }
        }
        catch (OrchestratorException problem)
        {
            _sourceProblem = $"Sweep {id} could not be taken over: {problem.Message}";
        }
        finally
        {
            _isLoading = false;
        }
    }

    private void ShowForm() => GoTo(null);

    private void ShowYaml() => GoTo("yaml");

    private void GoTo(string? tab) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tab", tab), replace: true);

    private void DraftChanged()
    {
        _wasEdited = true;
        Check();
    }

    /// <summary>Goes on with the last text that could be read.</summary>
    private void DiscardYaml()
    {
        _yamlProblems = [];
        Check();
    }

    private void EditYaml(string text)
    {
        _yaml = text;
        _wasEdited = true;
        YamlReading reading = SweepYaml.Read(text);
        _yamlProblems = reading.Problems;
        _draft = reading.Draft ?? _draft;
        Check();
    }

    /// <summary>Counts at once; asks the Orchestrator about duplicates and earlier results a little later.</summary>
    private void Check()
    {
        _check = DraftCheck.Of(_draft);
        _serverErrors = NoErrors;
        _preview = null;
        _notice = null;
        _shownErrors = _wasEdited ? _check.Errors : NoErrors;
        if (_check.IsComplete)
        {
            _previews?.Request();
        }
    }

    private async Task PreviewAsync()
    {
        DraftCheck asked = _check;
        if (!asked.IsComplete)
        {
            return;
        }

        try
        {
            SweepPreview preview = await Orchestrator.PreviewAsync(asked.Json, _closed);
            if (asked == _check)
            {
                _preview = preview;
            }
        }
        catch (OrchestratorException problem) when (asked == _check)
        {
            Show(problem);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return;
        }

        StateHasChanged();
    }

    private async Task LaunchAsync()
    {
        _isLaunching = true;
        try
        {
            SweepView sweep = await Orchestrator.LaunchAsync(_check.Json, _closed);
            Navigation.NavigateTo($"/sweeps/{sweep.Id}");
        }
        catch (OrchestratorException problem)
        {
            Show(problem);
        }
        finally
        {
            _isLaunching = false;
        }
    }

    private void Show(OrchestratorException problem)
    {
        _serverErrors = problem.Errors;
        _shownErrors = problem.Errors;
        _notice = problem.IsUnreachable
            ? "The Orchestrator does not answer: the sweep cannot be launched now. Nothing that you wrote is lost."
            : problem.Message;
    }
}
