using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Dashboard.Tests.Live;

public sealed class ChangeListenerTests : IAsyncDisposable
{
    private static readonly ChangeEvent Change = new(ChangeKind.Run, "r1", "s1");
    private readonly StubOrchestrator _orchestrator = new();
    private readonly FakeTimeProvider _clock = new(Samples.Time);
    private readonly List<ChangeEvent?> _got = [];
    private readonly ServiceProvider _services;
    private readonly ChangeListener _feed;
    private readonly IDisposable _subscription;

    public ChangeListenerTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<IHostApplicationLifetime, AlreadyStarted>()
            .AddSingleton(new OrchestratorClient(new HttpClient(_orchestrator) { BaseAddress = new Uri("http://orchestrator") }))
            .AddSingleton<ChangeListener>()
            .BuildServiceProvider();
        _feed = _services.GetRequiredService<ChangeListener>();
        _subscription = _feed.Subscribe(change =>
        {
            lock (_got)
            {
                _got.Add(change);
            }
        });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _feed.StopAsync(Token);
        await _services.DisposeAsync();
        _orchestrator.Dispose();
    }

    [Fact]
    public async Task Start_OrchestratorThere_PassesEventsOn()
    {
        Answer();

        await _feed.StartAsync(Token);

        await Eventually.TrueAsync(() => Got(Change));
        Assert.Null(_got[0]);
    }

    [Fact]
    public async Task Start_OrchestratorAway_TellsAndComesBack()
    {
        _orchestrator.IsDown = true;
        await _feed.StartAsync(Token);
        await Eventually.TrueAsync(() => _feed.IsConnected == false);

        Answer();
        _orchestrator.IsDown = false;

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Got(Change);
        });
        Assert.True(_got.Count(change => change is null) >= 2, "pages must reload after the loss and after the return");
    }

    [Fact]
    public async Task Start_EventThatCannotBeRead_IsLeftOut()
    {
        Answer("data: {\"kind\":\"nonsense\"}\n\n");

        await _feed.StartAsync(Token);

        await Eventually.TrueAsync(() => Got(Change));
    }

    [Fact]
    public async Task Start_HeartbeatsAndOtherFields_EventsAreReadBetweenThem()
    {
        var first = new ChangeEvent(ChangeKind.Sweep, "s2", "s2");
        var second = new ChangeEvent(ChangeKind.Worker, "w", null);
        Answer($": heartbeat\n\nid: 7\nevent: x\ndata:{JsonSerializer.Serialize(first, ContractJson.Options)}\n\ndata: {{\"kind\":\"worker\",\ndata: \"id\":\"w\"}}\n\n: heartbeat\n\n");

        await _feed.StartAsync(Token);

        await Eventually.TrueAsync(() => Got(Change));
        Assert.Equal([first, second, Change], _got.OfType<ChangeEvent>().Take(3));
    }

    [Fact]
    public async Task Start_NothingForTooLong_CountsAsDisconnected()
    {
        var silent = new Pipe();
        _orchestrator.On("GET /api/events", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(silent.Reader.AsStream()) });
        await _feed.StartAsync(Token);
        await Eventually.TrueAsync(() => _feed.IsConnected == true);
        await silent.Writer.WriteAsync(": heartbeat\n\n"u8.ToArray(), Token);

        _clock.Advance(TimeSpan.FromSeconds(44));
        Assert.True(_feed.IsConnected);

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(45));
            return Disconnections() > 0;
        });
    }

    /// <summary>A new connection follows immediately, so the state alone shows nothing.</summary>
    private int Disconnections()
    {
        lock (_got)
        {
            return _got.Count(change => change is null) - 1;
        }
    }

    private bool Got(ChangeEvent change)
    {
        lock (_got)
        {
            return _got.Contains(change);
        }
    }

    private void Answer(string before = "") => _orchestrator.On("GET /api/events", _ => new HttpResponseMessage(HttpStatusCode.OK)
    {
        Content = new StringContent($": connected\n\n{before}data: {JsonSerializer.Serialize(Change, ContractJson.Options)}\n\n", null, "text/event-stream"),
    });

    private sealed class AlreadyStarted : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted { get; } = new(canceled: true);

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }
}
