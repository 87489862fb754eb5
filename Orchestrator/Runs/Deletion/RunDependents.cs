using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>Finds the runs that need others: those that took over a result, and those that name a run in their hyperparameters.</summary>
internal static class RunDependents
{
    private const string Pretrained = "pretrained";
    private const string Teacher = "teacher";

    /// <summary>Only configurations with one of these can name a run, or a file that a run left.</summary>
    private const string ReferenceMark = "\"run:";
    private const string FileMark = ".safetensors\"";

    private static readonly char[] Separators = ['/', '\\'];

    /// <param name="ids">Of the runs that may be needed.</param>
    /// <returns>In the order of sweeps and cells; also those that are among <paramref name="ids"/> themselves.</returns>
    public static async Task<IReadOnlyList<RunDependent>> FindAsync(StateContext db, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        HashSet<string> needed = [.. ids];
        List<(string RunId, DependencyKind Kind, string NeededId)> found =
            [.. await ReusesAsync(db, needed, cancellationToken), .. await ReferencesAsync(db, needed, cancellationToken)];
        string[] runIds = [.. found.Select(one => one.RunId).Distinct()];
        var runs = await (
            from run in db.Runs
            where EF.Parameter(runIds).Contains(run.Id)
            join sweep in db.Sweeps on run.SweepId equals sweep.Id
            select new { run.Id, run.Cell, run.SweepId, sweep.Name }).ToDictionaryAsync(run => run.Id, cancellationToken);
        string[] neededIds = [.. found.Select(one => one.NeededId).Distinct()];
        Dictionary<string, int> cells = await db.Runs
            .Where(run => EF.Parameter(neededIds).Contains(run.Id))
            .ToDictionaryAsync(run => run.Id, run => run.Cell, cancellationToken);
        return
        [
            .. found
                .Select(one => (one, Run: runs[one.RunId]))
                .Select(one => new RunDependent(one.Run.Id, one.Run.Cell, one.Run.SweepId, one.Run.Name, one.one.Kind, one.one.NeededId) { NeededCell = cells.GetValueOrDefault(one.one.NeededId) })
                .OrderBy(one => one.SweepId, StringComparer.Ordinal).ThenBy(one => one.Cell),
        ];
    }

    /// <summary>What a configuration needs of other runs. A file of a run counts: its path has the run's id as one of its folders.</summary>
    internal static IEnumerable<(DependencyKind Kind, string NeededId)> In(string config, IReadOnlySet<string> ids)
    {
        foreach ((string key, DependencyKind kind) in ((string, DependencyKind)[])[(Pretrained, DependencyKind.Pretrained), (Teacher, DependencyKind.Teacher)])
        {
            if (ValueOf(config, key) is { } text)
            {
                string[] named = RunReference.IdOf(text) is { } id ? [id] : text.Split(Separators);
                foreach (string one in named.Where(ids.Contains).Distinct())
                {
                    yield return (kind, one);
                }
            }
        }
    }

    private static async Task<List<(string, DependencyKind, string)>> ReusesAsync(StateContext db, HashSet<string> ids, CancellationToken cancellationToken)
    {
        string[] sources = [.. ids];
        var reuses = await db.Runs
            .Where(run => run.ReusedFrom != null && EF.Parameter(sources).Contains(run.ReusedFrom))
            .Select(run => new { run.Id, Source = run.ReusedFrom! })
            .ToListAsync(cancellationToken);
        return [.. reuses.Select(run => (run.Id, DependencyKind.Reuse, run.Source))];
    }

    private static async Task<List<(string, DependencyKind, string)>> ReferencesAsync(StateContext db, HashSet<string> ids, CancellationToken cancellationToken)
    {
        var naming = db.Runs
            .Where(run => run.Config.Contains(ReferenceMark) || run.Config.Contains(FileMark))
            .Select(run => new { run.Id, run.Config })
            .AsAsyncEnumerable();
        var found = new List<(string, DependencyKind, string)>();
        await foreach (var run in naming.WithCancellation(cancellationToken))
        {
            found.AddRange(In(run.Config, ids).Select(one => (run.Id, one.Kind, one.NeededId)));
        }

        return found;
    }

    private static string? ValueOf(string config, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(config);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(key, out JsonElement value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // What cannot be read cannot be trained, and so needs nothing.
            return null;
        }
    }
}
