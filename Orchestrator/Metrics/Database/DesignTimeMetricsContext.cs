using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without starting a service.</summary>
internal sealed class DesignTimeMetricsContext : IDesignTimeDbContextFactory<MetricsContext>
{
    public MetricsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<MetricsContext>().UseSqlite().Options);
}
