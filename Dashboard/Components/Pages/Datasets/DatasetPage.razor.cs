using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Datasets;

/// <summary>One data set: its contents, class balance and sample images. The folder is in the address.</summary>
public sealed partial class DatasetPage : LivePage
{
    private const string PathKey = "dataset.path";
    private const string PageKey = "page";

    private DatasetInfo? _dataset;
    private DatasetView? _view;
    private string? _pathProblem;
    private string? _trouble;
    private string? _typed;

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The folder that holds the files.</summary>
    [SupplyParameterFromQuery]
    public string? Path { get; set; }

    /// <summary>The page of samples, from 1.</summary>
    [SupplyParameterFromQuery(Name = PageKey)]
    public string? PageText { get; set; }

    /// <summary>A built-in data set has no folder, so the address's folder is ignored.</summary>
    private string? Folder => _dataset?.TakesPath == true ? Path : null;

    private DatasetContentsView? Contents => _view?.Contents;

    private string Splits => Contents is { } found
        ? string.Join(", ", found.Splits.Select(split => $"{Numbers.Count(split.Images)} {split.Name}"))
        : _dataset is { TestImages: > 0 and var test, Images: { } images } ? $"{Numbers.Count(images - test)} training, {Numbers.Count(test)} test" : "";

    protected override Task OnParametersSetAsync()
    {
        if (_dataset?.Name != Name)
        {
            (_dataset, _view, _typed, _pathProblem, _trouble) = (null, null, null, null, null);
            Forget();
        }

        return base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _dataset = (await Orchestrator.GetDatasetsAsync(cancellationToken)).FirstOrDefault(dataset => dataset.Name == Name)
            ?? throw new OrchestratorException($"There is no data set \"{Name}\".", HttpStatusCode.NotFound);
        if (_view?.Dataset.Name == Name && _view.Path == Folder && Contents is not null)
        {
            return;
        }

        (_view, _pathProblem, _trouble) = (null, null, null);
        if (_dataset.NeedsPath && string.IsNullOrEmpty(Folder))
        {
            return;
        }

        try
        {
            _view = await Orchestrator.GetDatasetAsync(Name, Folder, cancellationToken);
        }
        catch (OrchestratorException problem) when (problem.Errors.TryGetValue(PathKey, out string[]? reasons))
        {
            _pathProblem = string.Join("; ", reasons);
        }
        catch (OrchestratorException problem) when (problem.Status is not null)
        {
            // Probably no worker is running: the catalog's facts are still shown.
            _trouble = problem.Explain();
        }
    }

    /// <summary>A new worker may have the files, and a run that ended may have downloaded some.</summary>
    protected override bool Concerns(ChangeEvent change) => _trouble is not null && change.Kind == ChangeKind.Worker;

    private void Inspect() => Go((nameof(Path), string.IsNullOrWhiteSpace(_typed ?? Path) ? null : (_typed ?? Path)!.Trim()), (PageKey, null));
}
