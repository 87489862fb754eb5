using Experiments.Contracts.Api;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Shared;

/// <summary>A running system and its sweeps, shared by several tests. The first test that needs it starts it.</summary>
public abstract class SharedService : IAsyncDisposable
{
    /// <summary>A limit for failing tests only; busy machines are slow.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, SweepView> _ended = [];

    /// <summary>The address of the dashboard, and the API.</summary>
    public Task<(string Address, Api Api)> StartedAsync() => InTurnAsync(StartAsync);

    /// <summary>The ended sweep, which is launched once for all tests that need it.</summary>
    public Task<(SweepView Sweep, string Address, Api Api)> EndedAsync(string yaml) => InTurnAsync(async () =>
    {
        (string address, Api api) = await StartAsync();
        if (!_ended.TryGetValue(yaml, out SweepView? sweep))
        {
            sweep = await api.EndedAsync((await api.LaunchAsync(yaml)).Id, Limit);
            _ended.Add(yaml, sweep);
        }

        return (sweep, address, api);
    });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the system if it is not running. Never called concurrently.</summary>
    protected abstract Task<(string Address, Api Api)> StartAsync();

    protected abstract ValueTask StopAsync();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> action)
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            _turn.Release();
        }
    }
}
