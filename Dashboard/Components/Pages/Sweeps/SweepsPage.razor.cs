using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>All sweeps, newest first.</summary>
public sealed partial class SweepsPage : LivePage
{
    private const int PageSize = 100;
    private const string SearchKey = "q";
    private const string PageKey = "page";
    private IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> _rows = [];
    private int _total;

    [SupplyParameterFromQuery(Name = SearchKey)]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    /// <summary>Sweeps that were put away are listed too.</summary>
    [SupplyParameterFromQuery(Name = nameof(Archived))]
    public string? ArchivedText { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery(Name = PageKey)]
    public string? PageText { get; set; }

    /// <summary>The list is long, and its figures are coarse.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(2);

    private bool IsFiltered => !string.IsNullOrEmpty(Search) || !string.IsNullOrEmpty(Status) || !string.IsNullOrEmpty(Tag);

    private bool Archived => QueryValue.IsOn(ArchivedText);

    private int PageNumber => QueryValue.Page(PageText);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var query = new SweepsQuery(NullIfEmpty(Status), NullIfEmpty(Tag), NullIfEmpty(Search), Archived ? null : false, (PageNumber - 1) * PageSize, PageSize);
        Page<SweepView> page = await Orchestrator.GetSweepsAsync(query, cancellationToken);
        _total = page.Total;
        _rows = [.. page.Items.Select(sweep => (sweep, SweepFacts.Of(sweep)))];
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind is ChangeKind.Sweep or ChangeKind.Run;

    /// <summary>Another list begins on its first page.</summary>
    private void Narrow(params IEnumerable<(string Key, object? Value)> changes) => Go([(PageKey, null), .. changes]);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
