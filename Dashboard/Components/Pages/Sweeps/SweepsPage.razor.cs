using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>All sweeps, newest first.</summary>
public sealed partial class SweepsPage : LivePage
{
    private const int MostShown = 500;
    private IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> _rows = [];
    private int _total;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    /// <summary>The list is long, and its figures are coarse.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(2);

    private bool IsFiltered => !string.IsNullOrEmpty(Search) || !string.IsNullOrEmpty(Status) || !string.IsNullOrEmpty(Tag);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Page<SweepView> page = await Orchestrator.GetSweepsAsync(Status, Tag, 0, MostShown, cancellationToken);
        var filter = new SweepFilter(Search);
        _total = page.Total;
        _rows = [.. page.Items.Select(sweep => (sweep, SweepFacts.Of(sweep))).Where(row => filter.Matches(row.sweep, row.Item2))];
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind is ChangeKind.Sweep or ChangeKind.Run;

    private void Go(string? q = null, string? status = null, string? tag = null)
    {
        var query = new Dictionary<string, object?>
        {
            ["q"] = NullIfEmpty(q ?? Search),
            ["status"] = NullIfEmpty(status ?? Status),
            ["tag"] = NullIfEmpty(tag ?? Tag),
        };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: true);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
