using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Creates contexts after a pause in which anything may happen: other writes, or the end of the process.</summary>
internal sealed class PausingContexts<T>(IDbContextFactory<T> contexts, Func<Task> pauseAsync) : IDbContextFactory<T>
    where T : DbContext
{
    public T CreateDbContext() => throw new NotSupportedException("the Orchestrator asks for contexts asynchronously");

    public async Task<T> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await pauseAsync();
        return contexts.CreateDbContext();
    }
}
