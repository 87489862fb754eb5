using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.AppHost.Tests.Starts;

/// <summary>The AppHost started as users start it, with the servers of this machine.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    /// <summary>A limit for failing tests only; busy machines are slow.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder;
    private readonly DistributedApplication _app;

    private RunningApp(TemporaryFolder folder, DistributedApplication app, Api api)
    {
        _folder = folder;
        _app = app;
        Api = api;
    }

    public Api Api { get; }

    private ResourceNotificationService Notifications => _app.Services.GetRequiredService<ResourceNotificationService>();

    private ResourceCommandService Commands => _app.Services.GetRequiredService<ResourceCommandService>();

    public static async Task<RunningApp> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Servers=local", "--Workers:Gpus=0", "--DcpPublisher:WaitForResourceCleanup=true", $"--Storage:Root={folder.Path}", .. arguments], cancellationToken);

        foreach (ProjectResource service in builder.Resources.OfType<ProjectResource>())
        {
            // Without an Aspire dashboard a stopping service would wait for its exporter to time out.
            builder.CreateResourceBuilder(service).WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        }

        // A killed worker is noticed sooner.
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "orchestrator")).WithEnvironment("Leases__Seconds", "6");
        DistributedApplication app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("orchestrator", cancellationToken).WaitAsync(Limit, cancellationToken);
        return new RunningApp(folder, app, new Api(app.GetEndpoint("orchestrator").ToString(), cancellationToken));
    }

    /// <summary>Executes a command as the Aspire dashboard does.</summary>
    public async Task CommandAsync(string resource, string command)
    {
        ExecuteCommandResult result = await Commands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken).WaitAsync(Limit);
        Assert.True(result.Success, $"{command} of {resource}: {result.Message}");
    }

    /// <summary>Restarts it as the Aspire dashboard does, but waits until its checkpoint is saved: Aspire's own timeout is some seconds.</summary>
    public async Task RestartAsync(string resource)
    {
        int before = ProcessOf(resource);
        ExecuteCommandResult result = await Commands.ExecuteCommandAsync(resource, KnownResourceCommands.RestartCommand, TestContext.Current.CancellationToken).WaitAsync(Limit);
        if (!result.Success)
        {
            await EndedAsync(resource);
            await CommandAsync(resource, KnownResourceCommands.StartCommand);
        }

        await Notifications.WaitForResourceAsync(
            resource,
            state => state.Snapshot.State?.Text == KnownResourceStates.Running && ProcessIn(state.Snapshot) is { } process && process != before,
            TestContext.Current.CancellationToken).WaitAsync(Limit);
    }

    /// <summary>Removes the last added worker.</summary>
    public async Task RemoveWorkerAsync(string last)
    {
        await Commands.ExecuteCommandAsync("workers", "remove-worker", TestContext.Current.CancellationToken).WaitAsync(Limit);
        await EndedAsync(last);
    }

    public Task EndedAsync(string resource) =>
        Notifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken).WaitAsync(Limit);

    /// <summary>Waits until exactly these workers accept runs.</summary>
    public Task WorkersAsync(params string[] ids) => Api.UntilAsync(
        async () => (await Api.GetAsync<IReadOnlyList<WorkerView>>("api/workers"))
            .Where(worker => worker.State is WorkerState.Idle or WorkerState.Busy).Select(worker => worker.Id).Order().SequenceEqual(ids),
        Limit,
        $"the workers were not {string.Join(", ", ids)}");

    /// <summary>The process that DCP started for a resource.</summary>
    public int ProcessOf(string resource)
    {
        Assert.True(Notifications.TryGetCurrentState(resource, out ResourceEvent? current), $"there is no {resource}");
        return ProcessIn(current.Snapshot)!.Value;
    }

    private static int? ProcessIn(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } process ? Convert.ToInt32(process, CultureInfo.InvariantCulture) : null;

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
