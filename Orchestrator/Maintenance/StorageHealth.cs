using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Says whether both databases answer.</summary>
internal sealed class StorageHealth(IDbContextFactory<StateContext> states, IDbContextFactory<MetricsContext> metrics) : IHealthCheck
{
    public const string Name = "storage";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using StateContext state = await states.CreateDbContextAsync(cancellationToken);
        await state.Sweeps.AnyAsync(cancellationToken);
        await using MetricsContext points = await metrics.CreateDbContextAsync(cancellationToken);
        await points.ArchivePositions.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy("both databases answer");
    }
}
