using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Csv;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Audit;

/// <summary>Reads the audit log, the newest entries first.</summary>
internal sealed class AuditReader(IDbContextFactory<StateContext> contexts)
{
    private static readonly string[] Columns = ["id", "time", "user", "tokenName", "address", "action", "path", "sweepId", "runId", "workerId", "status"];

    public async Task<Page<AuditEntryView>> ReadAsync(AuditParameters asked, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<AuditEntry> entries = Select(db, asked);
        int total = await entries.CountAsync(cancellationToken);
        List<AuditEntry> page = await entries.OrderByDescending(entry => entry.Id).Skip(asked.Skip).Take(asked.Take).ToListAsync(cancellationToken);
        return new Page<AuditEntryView>(total, [.. page.Select(View)]);
    }

    /// <summary>Writes all entries as CSV; the page is not cut out.</summary>
    public async Task WriteCsvAsync(AuditParameters asked, Stream stream, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using var buffer = new MemoryStream();
        using (var table = new CsvTable(buffer))
        {
            table.WriteRow(Columns);
            await foreach (AuditEntry entry in Select(db, asked).OrderByDescending(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                table.WriteRow([
                    entry.Id, entry.Time, entry.User, entry.TokenName, entry.Address, entry.Action, entry.Path, entry.SweepId, entry.RunId, entry.WorkerId, entry.Status,
                ]);
            }
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(stream, cancellationToken);
    }

    private static IQueryable<AuditEntry> Select(StateContext db, AuditParameters asked)
    {
        IQueryable<AuditEntry> entries = db.AuditEntries.AsNoTracking();
        entries = asked.Sweep is { } sweep ? entries.Where(entry => entry.SweepId == sweep) : entries;
        entries = asked.Run is { } run ? entries.Where(entry => entry.RunId == run) : entries;
        entries = asked.Worker is { } worker ? entries.Where(entry => entry.WorkerId == worker) : entries;
        return asked.User is { } user ? entries.Where(entry => entry.User == user) : entries;
    }

    private static AuditEntryView View(AuditEntry entry) => new(
        entry.Id, entry.Time, entry.User, entry.TokenName, entry.Address, entry.Action, entry.Path, entry.SweepId, entry.RunId, entry.WorkerId, entry.Status);
}
