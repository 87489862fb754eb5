using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Shared;

/// <summary>
/// One distributed system for the tests of a class that stop a part of it, one after another. Each of them starts that part again, and workers of its own.
/// </summary>
public sealed class RestoredSystem : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private DistributedSystem? _system;

    /// <summary>Complete, without workers.</summary>
    public async Task<DistributedSystem> StartedAsync()
    {
        _system ??= await DistributedSystem.StartAsync(TestProcesses.Shared);
        await _system.Api.ReadyAsync(Limit);
        return _system;
    }

    /// <summary>At the end of each test.</summary>
    public Task KillWorkersAsync() => _system?.KillWorkersAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }
}
