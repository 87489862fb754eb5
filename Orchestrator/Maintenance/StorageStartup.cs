using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Opens the storage before any other service of the process starts, so that no message finds it unprepared.</summary>
internal sealed class StorageStartup(
    StorageFolder folder,
    IDbContextFactory<StateContext> states,
    IDbContextFactory<MetricsContext> metrics,
    IEnumerable<IRestoredAtStart> restored) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Acquire();
        await MigrateAsync(states, cancellationToken);
        await MigrateAsync(metrics, cancellationToken);
        foreach (IRestoredAtStart part in restored)
        {
            await part.RestoreAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task MigrateAsync<T>(IDbContextFactory<T> contexts, CancellationToken cancellationToken)
        where T : DbContext
    {
        await using T context = await contexts.CreateDbContextAsync(cancellationToken);
        string[] known = [.. context.Database.GetMigrations()];
        string[] applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Except(known).Any())
        {
            throw new IOException(
                $"{context.Database.GetDbConnection().DataSource} was written by a newer version of Experiments; start that version, or restore a backup");
        }

        // With nothing to apply it would only compare models and lock the database, which takes longer than the rest of a start.
        if (known.Except(applied).Any())
        {
            await context.Database.MigrateAsync(cancellationToken);
        }
    }
}
