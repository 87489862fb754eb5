using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Pages.Evaluation;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Runs;

/// <content>The parts of the page, the list from which it was opened, and the selected mistakes, as in the address.</content>
public sealed partial class RunPage
{
    /// <summary>The filter of the table of runs, see <see cref="RunListQuery"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary>The true class of the selected mistakes.</summary>
    [SupplyParameterFromQuery]
    public string? Actual { get; set; }

    /// <summary>Their predicted class.</summary>
    [SupplyParameterFromQuery]
    public string? Predicted { get; set; }

    private RunListQuery List => new(NotEmpty(Status), NotEmpty(Filter), NotEmpty(Sort));

    private ConfusionChoice? Choice => Actual is null || Predicted is null ? null : new ConfusionChoice(Actual, Predicted);

    private bool HasWeights => _run!.Epoch > 0;

    /// <summary>Until a run has completed, its weights so far are not among its files.</summary>
    private bool HasBestFile => _run!.Artifacts.Any(artifact => artifact.Name == ArtifactNames.BestWeights);

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    private IReadOnlyList<(string Id, string Name)> Sections =>
    [
        .. new (string Id, string Name, bool IsThere)[]
        {
            ("notes", "Notes", true),
            ("curves", "Curves", true),
            ("log", "Log", true),
            ("evaluation", "Evaluation", _run!.Artifacts.Any(artifact => artifact.Name == ArtifactNames.Evaluation)),
            ("predict", "Try an image", HasWeights),
            ("use", "Use it", HasBestFile),
            ("configuration", "Configuration", true),
            ("model", "Model", true),
            ("attempts", "Attempts", true),
            ("files", "Artifacts", true),
        }.Where(part => part.IsThere).Select(part => (part.Id, part.Name)),
    ];

    private void GoTo(ConfusionChoice? choice) => Go((nameof(Actual), choice?.Actual), (nameof(Predicted), choice?.Predicted));
}
