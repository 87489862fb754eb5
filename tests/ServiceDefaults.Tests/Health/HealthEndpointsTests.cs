using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Experiments.ServiceDefaults.Tests.Startup;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;

namespace Experiments.ServiceDefaults.Tests.Health;

/// <summary>The responses of <c>/health</c> and <c>/alive</c>.</summary>
public sealed class HealthEndpointsTests : IDisposable
{
    private readonly StartedService _service = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_SomethingIsUnhealthy_AnswersWhat()
    {
        string broker = $"amqp://guest:secret@127.0.0.1:{FreePort.Next()}";
        await using WebApplication app = _service.Build(0, ("ConnectionStrings:rabbitmq", broker));
        await app.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = new Uri(StartedService.Addresses(app).Single()) };

        HttpResponseMessage health = await client.GetAsync("/health", Cancelled);
        HttpResponseMessage alive = await client.GetAsync("/alive", Cancelled);
        string text = await health.Content.ReadAsStringAsync(Cancelled);
        var body = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
        Assert.Equal("unhealthy", body.GetProperty("status").GetString());
        Assert.Equal("healthy", body.GetProperty("checks").GetProperty("self").GetProperty("status").GetString());
        JsonElement check = body.GetProperty("checks").GetProperty("rabbitmq");
        Assert.Equal("unhealthy", check.GetProperty("status").GetString());
        Assert.NotEmpty(check.GetProperty("description").GetString()!);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_AllIsWell_AnswersSo()
    {
        await using WebApplication app = _service.Build(0);
        await app.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = new Uri(StartedService.Addresses(app).Single()) };

        var body = await client.GetFromJsonAsync<JsonElement>("/alive", Cancelled);

        Assert.Equal("healthy", body.GetProperty("status").GetString());
        Assert.Equal(["self"], body.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }

    public void Dispose() => _service.Dispose();
}
