using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Experiments.Orchestrator.Tests.Api;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Events_Launch_IncludeTheSweepAndTheWorker()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        using HttpResponseMessage response = await host.Client.GetAsync(
            new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestTimeout.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestTimeout.Token));
        Assert.Equal(": connected", await reader.ReadLineAsync(TestTimeout.Token));

        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        await new ScriptedWorker(host).BeatAsync();

        var wanted = new HashSet<ChangeEvent> { new(ChangeKind.Sweep, sweep.Id, sweep.Id), new(ChangeKind.Worker, "worker-1", null) };
        while (wanted.Count > 0)
        {
            string line = (await reader.ReadLineAsync(TestTimeout.Token))!;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                wanted.Remove(JsonSerializer.Deserialize<ChangeEvent>(line["data: ".Length..], ContractJson.Options)!);
            }
        }
    }

    [Fact]
    public async Task Events_ServiceStops_TheStreamEndsInOrder()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        using HttpResponseMessage response = await host.Client.GetAsync(
            new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestTimeout.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestTimeout.Token));
        Assert.Equal(": connected", await reader.ReadLineAsync(TestTimeout.Token));

        host.Get<IHostApplicationLifetime>().StopApplication();

        // An aborted stream would throw here.
        await reader.ReadToEndAsync(TestTimeout.Token);
    }
}
