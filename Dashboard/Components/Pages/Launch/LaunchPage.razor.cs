using Experiments.Dashboard.Components.Elements;
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

    /// <summary>True once the browser was asked for a draft, which would replace earlier input.</summary>
    private bool _isReady;

    /// <summary>True once the draft is not empty: from then on, missing fields are reported.</summary>
    private bool _isBegun;

    /// <summary>True once the user changed the start.</summary>
    private bool _isEdited;

    /// <summary>The id of a sweep to start from.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The name of an example to start from.</summary>
    [SupplyParameterFromQuery]
    public string? Template { get; set; }

    /// <summary><c>earlier</c> to offer earlier sweeps as starts instead of examples.</summary>
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

    private bool IsYaml => Tab == YamlTab;

    private bool IsAdvanced => Fields == AdvancedFields;

    /// <summary>True if the YAML has problems, so that the form shows an older draft and an edit would lose the text.</summary>
    private bool IsFormOutdated => !IsYaml && _yamlProblems.Count > 0;

    protected override async ValueTask LeaveAsync()
    {
        if (_isUnkept)
        {
            // The last input must not be lost when the user follows a link.
            await KeepAsync();
        }
    }

    protected override void OnInitialized()
    {
        _previews = Throttle(PreviewInterval, PreviewAsync);
        _keeps = Throttle(KeepInterval, KeepAsync);
    }

    protected override async Task OnParametersSetAsync()
    {
        await BeginAsync();
        bool isRecalled = await RecallAsync();
        _isReady = true;

        // Switching to the YAML tab writes the form as YAML; text with problems stays unchanged.
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

    /// <summary>Reverts to the last valid text.</summary>
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
