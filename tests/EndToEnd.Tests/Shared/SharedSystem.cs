using Experiments.Contracts.Api;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestSystem.Processes;

[assembly: AssemblyFixture(typeof(SharedSystem))]

namespace Experiments.EndToEnd.Tests.Shared;

/// <summary>One distributed system with <c>worker-a</c>, <c>worker-b</c> and a dashboard, for all tests that stop no part of it.</summary>
public sealed class SharedSystem : SharedService
{
    private DistributedSystem? _system;
    private string? _dashboard;

    protected override async Task<(string Address, Api Api)> StartAsync()
    {
        if (_dashboard is null)
        {
            Assert.True(_system is null, "the shared system did not start; the first test that needed it shows why");
            _system = await DistributedSystem.StartAsync(TestProcesses.Shared);
            _system.StartWorker("worker-a");
            _system.StartWorker("worker-b");
            await _system.Api.UntilAsync(
                async () => (await _system.Api.GetAsync<IReadOnlyList<WorkerView>>("api/workers")).Count == 2, Limit, "the two workers did not register");
            _dashboard = await _system.StartDashboardAsync();
        }

        return (_dashboard, _system!.Api);
    }

    protected override ValueTask StopAsync() => _system?.DisposeAsync() ?? ValueTask.CompletedTask;
}
