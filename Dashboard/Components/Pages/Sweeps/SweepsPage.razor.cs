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
    private const string TagGroup = "tag";
    private const string Newest = "-createdAt";

    private static readonly (string Key, string Label, string Class)[] Columns =
    [
        ("name", "Name", ""), ("status", "Status", ""), ("progress", "Progress", ""), ("runs", "Runs", "num"), ("best", "Best so far", "num"),
        ("finishedAt", "Done", "num"), ("createdAt", "Created", "num"),
    ];

    private IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> _rows = [];
    private int _total;

    [SupplyParameterFromQuery(Name = SearchKey)]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    /// <summary>Lists archived sweeps too.</summary>
    [SupplyParameterFromQuery(Name = nameof(Archived))]
    public string? ArchivedText { get; set; }

    /// <summary>See <see cref="SweepsQuery"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary><c>tag</c> to list the sweeps of each tag together.</summary>
    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    /// <summary>The ids of selected sweeps, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "selected")]
    public string? SelectedText { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery(Name = PageKey)]
    public string? PageText { get; set; }

    /// <summary>The list is long and its figures are coarse, so it reloads less often.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(2);

    private bool IsFiltered => !string.IsNullOrEmpty(Search) || !string.IsNullOrEmpty(Status) || !string.IsNullOrEmpty(Tag);

    private bool Archived => QueryValue.IsOn(ArchivedText);

    private bool ByTag => Group == TagGroup;

    private IReadOnlyList<string> SelectedIds => (SelectedText ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The selected sweeps that are listed.</summary>
    private IReadOnlyList<SweepView> Selected => [.. _rows.Select(row => row.Sweep).Where(sweep => SelectedIds.Contains(sweep.Id))];

    private IEnumerable<(string? Tag, IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> Rows)> Groups => ByTag ? SweepGroups.ByTag(_rows) : [(null, _rows)];

    private int PageNumber => QueryValue.Page(PageText);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var query = new SweepsQuery(NullIfEmpty(Status), NullIfEmpty(Tag), NullIfEmpty(Search), Archived ? null : false, (PageNumber - 1) * PageSize, PageSize, NullIfEmpty(Sort));
        Page<SweepView> page = await Orchestrator.GetSweepsAsync(query, cancellationToken);
        _total = page.Total;
        _rows = [.. page.Items.Select(sweep => (sweep, SweepFacts.Of(sweep)))];
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind is ChangeKind.Sweep or ChangeKind.Run;

    /// <summary>A different list starts on its first page.</summary>
    private void Narrow(params IEnumerable<(string Key, object? Value)> changes) => Go([(PageKey, null), .. changes]);

    private void Select(IEnumerable<string> ids) => Go(("selected", NullIfEmpty(string.Join(',', ids))));

    private void Toggle(string id) => Select(SelectedIds.Contains(id) ? SelectedIds.Where(other => other != id) : SelectedIds.Append(id));

    private void ToggleAll() => Select(Selected.Count == _rows.Count ? [] : _rows.Select(row => row.Sweep.Id));

    /// <summary>The order of the first click on a head: names ascending; best, largest and newest first.</summary>
    private static string FirstOrder(string key) => key is "name" or "status" ? key : $"-{key}";

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
