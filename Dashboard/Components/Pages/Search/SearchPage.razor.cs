using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Search;

/// <summary>How the runs of a sweep are proposed and how long each is trained.</summary>
public sealed partial class SearchPage : SweepTabPage
{
    private const int MostDecisions = 50;

    private SearchView? _search;
    private SearchRungs? _points;
    private ProgressView? _progress;

    /// <summary>The runs at the rungs of a large sweep are expensive to read.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(3);

    protected override async Task LoadTabAsync(SweepView sweep, SweepFacts facts, RunView? best, CancellationToken cancellationToken)
    {
        string id = Id;
        SearchView search = await Orchestrator.GetSearchAsync(id, MostDecisions, cancellationToken);
        _points = search.Rule == SearchText.NoRule ? null : await Orchestrator.GetRungsAsync(id, cancellationToken);
        _progress = await Orchestrator.GetProgressAsync(id, cancellationToken);
        _search = search;
    }
}
