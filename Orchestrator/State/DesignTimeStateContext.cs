using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Experiments.Orchestrator.State;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without starting a service.</summary>
internal sealed class DesignTimeStateContext : IDesignTimeDbContextFactory<StateContext>
{
    public StateContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<StateContext>().UseSqlite().Options);
}
