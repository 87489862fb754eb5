using System.Net;
using System.Net.Http.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Api;
using Experiments.Standalone.Progress;

namespace Experiments.Standalone.Tests.Progress;

public sealed class SweepReporterTests
{
    /// <summary>Happens after a suspended laptop resumes: the pending request has timed out.</summary>
    [Fact]
    public async Task Follow_NoAnswerForAWhile_ContinuesToTheEndOfTheSweep()
    {
        using var orchestrator = new SilentForAWhile(silent: [6, 7]);
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };
        SweepProgress? end = null;

        string table = await ProgressSamples.WrittenAsync(120, async console =>
            end = await new SweepReporter(new OrchestratorClient(http), console, new HurriedTime())
                .FollowAsync(ProgressSamples.Sweep, waits: true, TestContext.Current.CancellationToken));

        Assert.Equal(SweepStatus.Completed, end!.Sweep.Status);
        Assert.Contains("0.9877", table, StringComparison.Ordinal);
        Assert.True(orchestrator.Requests > 7);
    }

    /// <summary>Between two requests the last running run and the sweep have ended.</summary>
    [Fact]
    public async Task Follow_LastRunEndsDuringARequest_ReportsItsEnd()
    {
        using var orchestrator = new EndingWhileLookedAt();
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };

        string shown = await ProgressSamples.WrittenAsync(120, console =>
            new SweepReporter(new OrchestratorClient(http), console, new HurriedTime()).FollowAsync(ProgressSamples.Sweep, waits: true, TestContext.Current.CancellationToken));

        Assert.Contains("[2/2] run 2 resnet18, learningRate 0.1: completed", shown, StringComparison.Ordinal);
    }

    /// <summary>The only worker crashes on every run, and no user is present to readmit it.</summary>
    [Fact]
    public async Task Follow_OnlyWorkerSetAside_SaysWhyAndEndsUnlessAUserWaits()
    {
        using var orchestrator = new WithoutWorkers();
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };
        SweepProgress? end = null;

        string shown = await ProgressSamples.WrittenAsync(120, async console =>
            end = await new SweepReporter(new OrchestratorClient(http), console, new HurriedTime())
                .FollowAsync(ProgressSamples.Sweep, waits: false, TestContext.Current.CancellationToken));

        Assert.Equal(SweepStatus.Running, end!.Sweep.Status);
        Assert.Contains("set aside: the GPU fell off the bus", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_NoWorkerIsConnected_SaysSoOnceThatHasLasted()
    {
        using var orchestrator = new WaitingForAWorker();
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };

        string shown = await ProgressSamples.WrittenAsync(200, console =>
            new SweepReporter(new OrchestratorClient(http), console, new HurriedTime()).FollowAsync(ProgressSamples.Sweep, waits: false, TestContext.Current.CancellationToken));

        Assert.Equal(2, shown.Split("the sweep waits for a worker: none is connected").Length);
        Assert.DoesNotContain("for a moment", shown, StringComparison.Ordinal);
    }

    /// <summary>A sweep that waits for a worker for 8 s and then for a condition that ends immediately.</summary>
    private sealed class WaitingForAWorker : HttpMessageHandler
    {
        private int _looks;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            object answer = request.RequestUri!.AbsolutePath switch
            {
                "/api/workers" => Array.Empty<WorkerView>(),
                "/api/sweeps/s" => Sweep(++_looks),
                "/api/sweeps/s/runs" => new Page<RunView>(0, []),
                _ => ProgressSamples.Progress().Best!,
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: ContractJson.Options) });
        }

        private static SweepView Sweep(int look) => ProgressSamples.Sweep with
        {
            Status = look > 20 ? SweepStatus.Completed : SweepStatus.Running,
            Waits = look switch
            {
                <= 16 => new SweepWait(WaitReason.NoWorker, "waits for a worker: none is connected"),
                18 => new SweepWait(WaitReason.WorkersBusy, "waits for a moment"),
                _ => null,
            },
        };
    }

    /// <summary>A sweep whose last run is still running in the list of runs, but ended in the sweep's status.</summary>
    private sealed class EndingWhileLookedAt : HttpMessageHandler
    {
        private bool _hasEnded;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(Answer(request.RequestUri!), options: ContractJson.Options) });

        private object Answer(Uri address)
        {
            switch (address.AbsolutePath)
            {
                case "/api/sweeps/s":
                    _hasEnded = true;
                    return ProgressSamples.Sweep with { Status = SweepStatus.Completed, RunCounts = new RunCounts(0, 0, 0, Completed: 2, 0, 0) };
                case "/api/workers":
                    return Array.Empty<WorkerView>();
                case "/api/sweeps/s/runs":
                    return new Page<RunView>(1, _hasEnded && address.Query.Contains("running", StringComparison.Ordinal) ? [] : [ProgressSamples.Run("now", 2, RunStatus.Running)]);
                default:
                    return ProgressSamples.Run(address.Segments[^1], 2, RunStatus.Completed, 0.9);
            }
        }
    }

    private sealed class WithoutWorkers : HttpMessageHandler
    {
        private static readonly WorkerView Worker = new()
        {
            Id = "laptop",
            Host = "laptop",
            Device = "cpu",
            State = WorkerState.SetAside,
            MemoryUsed = 0,
            MemoryTotal = 0,
            Utilization = 0,
            LastSeen = DateTimeOffset.UnixEpoch,
            Reason = "the GPU fell off the bus",
        };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            object answer = request.RequestUri!.AbsolutePath switch
            {
                "/api/workers" => new[] { Worker },
                "/api/sweeps/s" => ProgressSamples.Sweep,
                "/api/sweeps/s/runs" => new Page<RunView>(0, []),
                _ => ProgressSamples.Progress().Best!,
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: ContractJson.Options) });
        }
    }

    /// <summary>Stub of the Orchestrator for a sweep that ends after ten requests; it leaves chosen requests unanswered.</summary>
    private sealed class SilentForAWhile(int[] silent) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return silent.Contains(Requests)
                ? throw new TaskCanceledException("timed out")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = JsonContent.Create(Answer(request.RequestUri!), options: ContractJson.Options),
                });
        }

        private object Answer(Uri address) => address.AbsolutePath switch
        {
            "/api/sweeps/s" => ProgressSamples.Sweep with { Status = Requests > 10 ? SweepStatus.Completed : SweepStatus.Running },
            "/api/workers" => Array.Empty<WorkerView>(),
            "/api/sweeps/s/runs" when address.Query.Contains("running", StringComparison.Ordinal) => new Page<RunView>(0, []),
            "/api/sweeps/s/runs" => new Page<RunView>(1, [ProgressSamples.Progress().Best!]),
            _ => ProgressSamples.Progress().Best!,
        };
    }

    private sealed class HurriedTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _now += dueTime.Ticks;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
