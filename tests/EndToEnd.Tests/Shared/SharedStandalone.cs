using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

[assembly: AssemblyFixture(typeof(SharedStandalone))]

namespace Experiments.EndToEnd.Tests.Shared;

/// <summary>One Standalone for all tests that neither stop it nor need it empty.</summary>
public sealed class SharedStandalone : SharedService
{
    private readonly TemporaryFolder _data = new();
    private StandaloneProcess? _standalone;

    protected override async Task<(string Address, Api Api)> StartAsync()
    {
        _standalone ??= await StandaloneProcess.Start(TestProcesses.Shared, _data.Path).ReadyAsync();
        return (_standalone.Address, _standalone.Api);
    }

    protected override async ValueTask StopAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        _data.Dispose();
    }
}
