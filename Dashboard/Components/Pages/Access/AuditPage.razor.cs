using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Access;

/// <summary>Who changed what: everything, or a sweep, run, worker or user.</summary>
public sealed partial class AuditPage : LivePage
{
    private const int PageSize = 50;

    private IReadOnlyList<AuditEntryView> _entries = [];
    private int _total;

    [SupplyParameterFromQuery]
    public string? Sweep { get; set; }

    [SupplyParameterFromQuery]
    public string? Run { get; set; }

    [SupplyParameterFromQuery]
    public string? Worker { get; set; }

    [SupplyParameterFromQuery]
    public string? User { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    private int PageNumber => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1 ? number : 1;

    private AuditQuery Query => new(Sweep, Run, Worker, User, (PageNumber - 1) * PageSize, PageSize);

    private string Csv => Query.AddTo("download/audit.csv");

    private List<(string Key, string Value)> Filters =>
        [.. new[] { ("sweep", Sweep), ("run", Run), ("worker", Worker), ("user", User) }.Where(filter => !string.IsNullOrEmpty(filter.Item2)).Select(filter => (filter.Item1, filter.Item2!))];

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (Session?.User is not null)
        {
            Page<AuditEntryView> page = await Orchestrator.GetAuditAsync(Query, cancellationToken);
            (_entries, _total) = (page.Items, page.Total);
        }
    }

    /// <summary>Every change of a sweep or worker may be a call that was recorded.</summary>
    protected override bool Concerns(ChangeEvent change) => PageNumber == 1 && change.Kind is ChangeKind.Sweep or ChangeKind.Worker;

    private static string Address(string User) => new AuditQuery(User: User).AddTo("access/audit");
}
