namespace Experiments.Dashboard.Api;

/// <summary>The order and the filter of the list from which a run's page was opened, as its address has them. Null for what was not chosen.</summary>
public sealed record RunListQuery(string? Status, string? Filter, string? Sort)
{
    public static RunListQuery None { get; } = new(null, null, null);

    /// <summary>The address with the list's order and filter.</summary>
    public string AddTo(string address) => QueryText.With(address, ("status", Status), ("filter", Filter), ("sort", Sort));
}
