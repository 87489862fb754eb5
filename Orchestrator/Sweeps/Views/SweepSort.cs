using System.Linq.Expressions;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>The order of a list of sweeps; sweeps without a value come last, ties are ordered by start, newest first.</summary>
internal sealed record SweepSort(string Key, bool Descending)
{
    private static readonly string[] Keys = ["name", "status", "runs", "progress", "best", "finishedAt", "createdAt"];

    public static SweepSort Default { get; } = new("createdAt", Descending: true);

    /// <summary>Reads <c>name</c> or <c>-name</c>.</summary>
    /// <returns>Null with <paramref name="problem"/> when sweeps cannot be sorted by that name.</returns>
    public static SweepSort? Parse(string text, out string problem)
    {
        bool descending = text.StartsWith('-');
        string key = descending ? text[1..] : text;
        problem = Keys.Contains(key) ? "" : ProblemText.Of($"nothing to sort by: \"{Quote.Shorten(key)}\"", string.Join(", ", Keys), NearestName.Hint(key, Keys));
        return problem.Length == 0 ? new SweepSort(key, descending) : null;
    }

    public IQueryable<Sweep> Apply(StateContext db, IQueryable<Sweep> sweeps) => (Key switch
    {
        "name" => By(sweeps, sweep => EF.Functions.Collate(sweep.Name, "NOCASE")),
        "status" => By(sweeps, sweep => sweep.Status),
        "runs" => By(sweeps, sweep => db.Runs.Count(run => run.SweepId == sweep.Id)),
        "progress" => By(sweeps, sweep =>
            (double)db.Runs.Count(run => run.SweepId == sweep.Id && (run.Status == RunStatus.Completed || run.Status == RunStatus.Failed || run.Status == RunStatus.Cancelled || run.Status == RunStatus.Stopped))
            / db.Runs.Count(run => run.SweepId == sweep.Id)),
        "best" => By(
            sweeps,
            sweep => sweep.ObjectiveGoal == Goal.Maximize
                ? db.Runs.Where(run => run.SweepId == sweep.Id).Max(run => run.BestObjective)
                : db.Runs.Where(run => run.SweepId == sweep.Id).Min(run => run.BestObjective),
            sweep => !db.Runs.Any(run => run.SweepId == sweep.Id && run.BestObjective != null)),
        "finishedAt" => By(sweeps, sweep => sweep.FinishedAt, sweep => sweep.FinishedAt == null),
        _ => By(sweeps, sweep => sweep.CreatedAt),
    }).ThenByDescending(sweep => sweep.CreatedAt).ThenByDescending(sweep => sweep.Id);

    /// <param name="isMissing">Selects sweeps without the value; null when all have one.</param>
    private IOrderedQueryable<Sweep> By<T>(IQueryable<Sweep> sweeps, Expression<Func<Sweep, T>> value, Expression<Func<Sweep, bool>>? isMissing = null)
    {
        if (isMissing is null)
        {
            return Descending ? sweeps.OrderByDescending(value) : sweeps.OrderBy(value);
        }

        IOrderedQueryable<Sweep> missingLast = sweeps.OrderBy(isMissing);
        return Descending ? missingLast.ThenByDescending(value) : missingLast.ThenBy(value);
    }
}
