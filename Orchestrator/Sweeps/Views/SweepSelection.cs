using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Which sweeps somebody asks for; null for all.</summary>
/// <param name="Words">Words that all have to occur in name, tags, notes or data set, whatever the case.</param>
/// <param name="Archived">Only those that are put away, or only the others.</param>
public sealed record SweepSelection(SweepStatus? Status, string? Tag, string? Words, bool? Archived)
{
    private const int MostWords = 20;

    private const string Searched =
        "LOWER(Name || ' ' || Tags || ' ' || Notes || ' ' || COALESCE(json_extract(Spec, '$.dataset.name'), json_extract(Spec, '$.dataset'), ''))";

    internal IQueryable<Sweep> In(StateContext db) => Matching(db).AsNoTracking().Where(sweep =>
        (Status == null || sweep.Status == Status)
        && (Tag == null || sweep.Tags.Contains(Tag))
        && (Archived == null || (sweep.ArchivedAt != null) == Archived));

    private IQueryable<Sweep> Matching(StateContext db)
    {
        object[] words = [.. (Words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
        if (words.Length == 0)
        {
            return db.Sweeps;
        }

        IEnumerable<string> conditions = words.Select((_, index) => $"INSTR({Searched}, LOWER({{{index}}})) > 0");
        string sql = $"SELECT * FROM Sweeps WHERE {string.Join(" AND ", conditions)}";
        return db.Sweeps.FromSqlRaw(sql, words);
    }
}
