using Experiments.Standalone.Commands;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Standalone.Tests;

/// <summary>Standalone in this process, built as in its Program.cs, with every endpoint of the API and the dashboard.</summary>
public sealed class StandaloneService : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private WebApplication _app = null!;

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>All endpoints of the application with their methods; an empty list means any method.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string> Methods)> Endpoints { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        string address = $"http://127.0.0.1:{FreePort.Next()}";

        // The name of the assembly whose list of static assets is served; a test project has none.
        string[] settings = [$"--urls={address}", "--Worker:Device=cpu", "--applicationName=Experiments.Dashboard"];
        _app = StandaloneHosting.Build(new ServeOptions(SweepFile: null, _data.Path, Weights: null, Exit: false, Verbose: false, settings), sweepFile: null);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(address);
        Endpoints =
        [
            .. _app.Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(endpoint => (PathOf(endpoint.RoutePattern.RawText!), endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
                .Distinct(),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>With a value for every route parameter.</summary>
    private static string PathOf(string pattern)
    {
        string[] parts = [.. pattern.Trim('/').Split('/').Select(part => part.Contains('{', StringComparison.Ordinal) ? "1" : part)];
        return "/" + string.Join('/', parts);
    }
}
