using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.ServiceDefaults.Files;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Looks whether the initial weights that a sweep names are there.</summary>
public sealed class PretrainedCheck(IDbContextFactory<StateContext> contexts, AllowedFolders allowed)
{
    private const string None = "none";
    private const string ImageNet = "imagenet";
    private const string RunPrefix = "run:";

    /// <summary>The first problem; null when all weights can be loaded.</summary>
    public async Task<string?> WhyUnusableAsync(IEnumerable<Hyperparameters> cells, CancellationToken cancellationToken)
    {
        foreach ((string source, string model) in cells.Select(cell => (cell.Pretrained, cell.Model)).Distinct())
        {
            if (await WhyUnusableAsync(source, model, cancellationToken) is { } problem)
            {
                return $"{problem}: \"{source}\"; allowed: none, imagenet for {string.Join(", ", PublishedWeights.All.Select(weights => weights.Model))}, "
                    + $"run:<id> of a completed run, or {WeightFileNames.Allowed}";
            }
        }

        return null;
    }

    private async Task<string?> WhyUnusableAsync(string source, string model, CancellationToken cancellationToken)
    {
        if (source == None)
        {
            return null;
        }

        if (source == ImageNet)
        {
            return PublishedWeights.Find(model) is null ? $"no weights are published for {model}" : null;
        }

        if (!source.StartsWith(RunPrefix, StringComparison.Ordinal))
        {
            return WhyUnreadable(source);
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        (string? trained, string? problem) = await SourceRuns.FindAsync(db, source[RunPrefix.Length..], cancellationToken);
        IReadOnlyList<string> fitting = SharedBackbones.SourcesOf(model);
        return problem ?? (trained is null || fitting.Contains(trained)
            ? null
            : $"that is a run of {trained}, whose weights do not fit {model}; write model: {trained}, or name a run of {string.Join(" or ", fitting)}");
    }

    private string? WhyUnreadable(string file)
    {
        try
        {
            return ForeignPath.WhyNone(file) is { } problem ? problem
                : !Path.IsPathFullyQualified(file)
                ? "a relative path, where a full one is needed, as the Orchestrator and all workers see it; only Standalone takes a path as relative, to the folder of its sweep file"
                : !allowed.Contain(file) ? "outside of the folders for data and weights"
                : !File.Exists(file) ? "no such file"
                : LinkedFile.Stamp(file).Length == 0 ? "it is no ordinary file, or is empty"
                : GitLfsPointer.IsAt(file) ? GitLfsPointer.Explanation
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
