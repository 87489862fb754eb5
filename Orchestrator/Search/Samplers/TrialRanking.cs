namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>The order of trials by how good they are.</summary>
internal static class TrialRanking
{
    /// <summary>Trials with a value: more epochs first, then the larger value, then the earlier trial.</summary>
    public static IEnumerable<Trial> BestFirst(IReadOnlyList<Trial> history) => history
        .Where(trial => trial.Value is not null)
        .OrderByDescending(trial => trial.Epochs)
        .ThenByDescending(trial => trial.Value is { } value && !double.IsNaN(value) ? value : double.NegativeInfinity);

    public static IEnumerable<Trial> UnderWay(IReadOnlyList<Trial> history) => history.Where(trial => trial.Value is null);
}
