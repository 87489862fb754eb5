using System.Diagnostics;
using System.Net;
using Experiments.ServiceDefaults.Discovery;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Telemetry;
using Experiments.ServiceDefaults.Tests.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Experiments.ServiceDefaults.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Queue = "telemetry";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("orchestrator", "orchestrator")]
    [InlineData(null, "Experiments.Example")]
    public async Task Resource_ServiceName_IsTheConfiguredOneElseTheApplications(string? configured, string expected)
    {
        await using WebApplication app = Build(new SpanCollector(), ("OTEL_SERVICE_NAME", configured), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=one"));

        Dictionary<string, object> attributes = app.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary();

        Assert.Equal(expected, attributes["service.name"]);
        Assert.True(configured is null || attributes["service.instance.id"].Equals("one"), "Aspire tells replicas apart by this");
    }

    [Fact]
    public async Task Messages_OfARoutine_LeaveNoSpansAndOthersDo()
    {
        var spans = new SpanCollector();
        await using WebApplication app = Build(spans);
        await app.StartAsync(Cancelled);

        using (RoutineActivity.Start("heartbeat"))
        {
            await SendAsync(app, new Ping(1));
        }

        await app.Services.GetRequiredService<Inbox<Ping>>().Messages.Reader.ReadAsync(Cancelled);
        Activity.Current = null;
        await SendAsync(app, new Ping(2));
        await app.Services.GetRequiredService<Inbox<Ping>>().Messages.Reader.ReadAsync(Cancelled);
        await app.StopAsync(Cancelled);

        Assert.Single(spans.Names, name => name == $"{Queue} send");
        Assert.Single(spans.Names, name => name == $"{Queue} receive");
        Assert.DoesNotContain("heartbeat", spans.Names);
    }

    [Fact]
    public async Task Routine_ThatFails_LeavesItsSpan()
    {
        var spans = new SpanCollector();
        await using WebApplication app = Build(spans);
        await app.StartAsync(Cancelled);

        using (Activity? activity = RoutineActivity.Start("heartbeat"))
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        Assert.Equal(["heartbeat"], spans.Names);
    }

    [Fact]
    public async Task Requests_Reads_LeaveNoSpansAndChangesAndFailuresDo()
    {
        var spans = new SpanCollector();
        await using WebApplication app = Build(spans);
        app.MapGet("/api/things", () => "none");
        app.MapGet("/api/broken", () => Results.StatusCode(500));
        app.MapPost("/api/things", () => "made");
        await app.StartAsync(Cancelled);
        HttpClient pages = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("pages");
        pages.BaseAddress = new Uri(app.Urls.Single());
        // A program without tracing.
        using var script = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = pages.BaseAddress };

        await script.GetStringAsync("/api/things", Cancelled);
        using (new Activity("a page that is open").Start())
        {
            await pages.GetStringAsync("/api/things", Cancelled);
            Assert.DoesNotContain(spans.Names, name => name.StartsWith("GET /api", StringComparison.Ordinal));
            using HttpResponseMessage broken = await pages.GetAsync("/api/broken", Cancelled);
            Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
            using HttpResponseMessage made = await pages.PostAsync("/api/things", null, Cancelled);
        }

        await app.StopAsync(Cancelled);
        Assert.Contains("GET /api/broken", spans.Names);
        Assert.Contains("POST /api/things", spans.Names);
        Assert.DoesNotContain("GET /api/things", spans.Names);
    }

    private static async Task SendAsync(WebApplication app, Ping ping)
    {
        ISendEndpoint endpoint = await app.Services.GetRequiredService<IBus>().GetSendEndpoint(MessageAddresses.Exchange(Queue));
        await endpoint.Send(ping, Cancelled);
    }

    private static WebApplication Build(SpanCollector spans, params (string Key, string? Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Experiments.Example" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(
            [.. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)), KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", (string?)"http://127.0.0.1:1")]);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(typeof(Inbox<>));
        builder.AddMessageBus(bus => bus.AddConsumer<Recorder<Ping>>().Endpoint(endpoint => endpoint.Name = Queue));
        builder.Services.AddHttpClient("pages").AddOrchestratorDiscovery();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(spans)));
        return builder.Build();
    }

    internal sealed record Ping(int Number);
}
