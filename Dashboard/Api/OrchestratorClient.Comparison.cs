using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Runs side by side.</content>
public sealed partial class OrchestratorClient
{
    /// <summary>The Orchestrator compares at most this many runs per request.</summary>
    public const int MostCompared = 200;

    /// <summary>A name that no metric has, which leaves out all curves.</summary>
    private const string NoMetric = "-";

    /// <summary>Runs and their differences, without curves; missing runs are listed.</summary>
    public Task<RunComparison> CompareAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken) =>
        CompareAsync(runIds, [NoMetric], null, withTimes: false, cancellationToken);

    /// <summary>Runs and some of their curves; missing runs are listed.</summary>
    /// <param name="maxPoints">Longer curves are thinned; null for all points.</param>
    /// <param name="withTimes">Whether points carry the time of their measurement.</param>
    public Task<RunComparison> CompareAsync(
        IReadOnlyList<string> runIds, IReadOnlyList<string> metrics, int? maxPoints, bool withTimes, CancellationToken cancellationToken) =>
        GetAsync<RunComparison>(
            QueryText.With(
                "api/runs/compare",
                ("ids", string.Join(',', runIds)),
                ("metrics", string.Join(',', metrics)),
                ("maxPoints", maxPoints is { } most ? Text(most) : null),
                ("attempts", "true"),
                ("times", withTimes ? null : "false"),
                ("skipMissing", "true")),
            cancellationToken);

    /// <param name="measure">f1, precision or recall.</param>
    public Task<ClassComparison> CompareClassesAsync(IReadOnlyList<string> runIds, string measure, CancellationToken cancellationToken) =>
        GetAsync<ClassComparison>(
            QueryText.With("api/runs/compare/classes", ("ids", string.Join(',', runIds)), ("measure", measure)), cancellationToken);

    /// <summary>The images that both runs misclassified.</summary>
    public Task<SharedMistakes> GetSharedMistakesAsync(string left, string right, int take, CancellationToken cancellationToken) =>
        GetAsync<SharedMistakes>(QueryText.With("api/runs/compare/mistakes", ("ids", $"{left},{right}"), ("take", Text(take))), cancellationToken);
}
