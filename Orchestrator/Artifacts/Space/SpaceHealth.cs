using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>Degraded while no new attempts can start; running attempts continue.</summary>
internal sealed class SpaceHealth(SpaceBudget budget) : IHealthCheck
{
    public const string Name = "artifacts";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        budget.FindShortage() is { } shortage ? HealthCheckResult.Degraded(shortage.Reason) : HealthCheckResult.Healthy(budget.Figures));
}
