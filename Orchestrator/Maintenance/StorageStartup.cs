using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Opens the storage before any other service of the process starts, so that no message finds it half ready.</summary>
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
        IEnumerable<string> applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Except(context.Database.GetMigrations()).Any())
        {
            throw new IOException(
                $"{context.Database.GetDbConnection().DataSource} was written by a newer version of Experiments; start that one, or go back to a backup");
        }

        await context.Database.MigrateAsync(cancellationToken);
    }
}
