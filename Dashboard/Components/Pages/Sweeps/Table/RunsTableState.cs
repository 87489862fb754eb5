using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The user's choices in a table of runs, as in the address. Null for defaults.</summary>
public sealed record RunsTableState
{
    public const int GroupsPerPage = 50;

    /// <summary>A column, with the prefix <c>-</c> for descending.</summary>
    public string? Sort { get; init; }

    /// <summary>Only runs with this status.</summary>
    public string? Status { get; init; }

    /// <summary>A filter of runs.</summary>
    public string? Filter { get; init; }

    /// <summary>See <see cref="ColumnLayout"/>.</summary>
    public string? Columns { get; init; }

    /// <summary>See <see cref="TableSelection"/>.</summary>
    public string? Selected { get; init; }

    /// <summary>Hyperparameters to group by, separated by commas.</summary>
    public string? Group { get; init; }

    /// <summary>The order of groups.</summary>
    public string? GroupSort { get; init; }

    /// <summary>The page of groups, from 1.</summary>
    public int? GroupPage { get; init; }

    /// <summary>Each trend has its own scale, instead of one for all.</summary>
    public bool ScalesRows { get; init; }

    public TableSelection Selection => TableSelection.Parse(Selected);

    public IReadOnlyList<string> GroupKeys =>
        [.. (Group ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    public bool IsNarrowed => Status is not null || Filter is not null;

    /// <summary>The groups that are listed.</summary>
    public RunsQuery GroupQuery => new(Status, Filter, GroupSort, (Math.Max(1, GroupPage ?? 1) - 1) * GroupsPerPage, GroupsPerPage);

    /// <summary>A range of the runs.</summary>
    public RunsQuery Query(int skip, int take) => new(Status, Filter, Sort, skip, take);
}
