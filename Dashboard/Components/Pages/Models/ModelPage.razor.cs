using System.Globalization;
using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Models;

/// <summary>A network layer by layer, for the chosen number of classes and image size.</summary>
public sealed partial class ModelPage : LivePage
{
    private ModelInfo? _model;
    private ModelSummary? _summary;
    private string? _shown;
    private string? _trouble;
    private int? _classes;
    private int? _imageSize;
    private bool? _smallInput;

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_shown != Name)
        {
            _shown = Name;
            (_summary, _classes, _imageSize, _smallInput) = (null, null, null, null);
            Forget();
        }

        return base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelInfo> models = await Orchestrator.GetModelsAsync(cancellationToken);
        _model = models.FirstOrDefault(model => model.Name == Name)
            ?? throw new OrchestratorException($"There is no model \"{Name}\".", HttpStatusCode.NotFound);
        try
        {
            _summary = await Orchestrator.GetModelAsync(Name, _classes, _imageSize, _smallInput, cancellationToken);
            (_classes, _imageSize, _smallInput) = (_summary.Classes, _summary.ImageSize, _summary.SmallInput);
            _trouble = null;
        }
        catch (OrchestratorException problem) when (problem.Status is not null)
        {
            // The form stays, since another shape or a new worker may succeed.
            _trouble = problem.Explain();
        }
    }

    protected override bool Concerns(ChangeEvent change) => _summary is null && change.Kind == ChangeKind.Worker;

    private static int? Read(ChangeEventArgs change, int? before) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : before;

    private Task ChangeAsync(Action change)
    {
        change();
        return ReloadAsync();
    }
}
