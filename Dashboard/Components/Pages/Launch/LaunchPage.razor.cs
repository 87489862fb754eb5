using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Writes a sweep, as a form or as YAML, and launches it.</summary>
public sealed partial class LaunchPage : OrchestratorComponent
{
    private const string YamlTab = "yaml";
    private const string AdvancedFields = "advanced";

    private SweepDraft _draft = new();
    private IReadOnlyList<YamlProblem> _yamlProblems = [];
    private string _yaml = "";

    /// <summary>The browser was asked for a draft: what is typed before that would be replaced by it.</summary>
    private bool _isReady;

    /// <summary>True once the draft is more than an empty form: what is missing is told from then on.</summary>
    private bool _isBegun;

    /// <summary>True once somebody changed what the page began with.</summary>
    private bool _isEdited;

    /// <summary>The id of a sweep to start from.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The name of an example to start from.</summary>
    [SupplyParameterFromQuery]
    public string? Template { get; set; }

    /// <summary><c>earlier</c> to be offered earlier sweeps to start from instead of examples.</summary>
    [SupplyParameterFromQuery]
    public string? Start { get; set; }

    /// <summary><c>yaml</c> for the YAML tab.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary><c>advanced</c> for all fields of the form.</summary>
    [SupplyParameterFromQuery]
    public string? Fields { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<LaunchPage> Logger { get; set; } = default!;

    private bool IsYaml => Tab == YamlTab;

    private bool IsAdvanced => Fields == AdvancedFields;

    /// <summary>The form would show another sweep than the text says, and touching it would lose the text.</summary>
    private bool IsFormOutdated => !IsYaml && _yamlProblems.Count > 0;

    protected override async ValueTask LeaveAsync()
    {
        if (_isUnkept)
        {
            // What was typed last must not be lost to a click on a link.
            await KeepAsync();
        }

        foreach (Throttler throttler in new[] { _previews, _keeps }.OfType<Throttler>())
        {
            await throttler.DisposeAsync();
        }
    }

    protected override void OnInitialized()
    {
        _previews = new Throttler(Clock, PreviewInterval, _ => InvokeAsync(PreviewAsync), Logger);
        _keeps = new Throttler(Clock, KeepInterval, _ => InvokeAsync(KeepAsync), Logger);
    }

    protected override async Task OnParametersSetAsync()
    {
        await BeginAsync();
        bool isRecalled = await RecallAsync();
        _isReady = true;

        // Arriving at the YAML tab shows what the form says; a text with problems stays as it was left.
        if (IsYaml && !isRecalled && _yamlProblems.Count == 0)
        {
            _yaml = SweepYaml.Write(_draft);
        }

        Check();
    }

    private void ShowForm() => GoTo(null);

    private void ShowYaml() => GoTo(YamlTab);

    private void ShowFields(string? fields) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("fields", fields), replace: true);

    private void GoTo(string? tab) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tab", tab), replace: true);

    private void DraftChanged()
    {
        (_isBegun, _isEdited) = (true, true);
        RequestKeep();
        Check();
    }

    /// <summary>Goes on with the last text that could be read.</summary>
    private void DiscardYaml()
    {
        _yamlProblems = [];
        RequestKeep();
        Check();
    }

    private void EditYaml(string text)
    {
        _yaml = text;
        YamlReading reading = SweepYaml.Read(text);
        _yamlProblems = reading.Problems;
        _draft = reading.Draft ?? _draft;
        DraftChanged();
    }
}
