using System.Collections.Concurrent;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// The curves of one open page, fed by the live stream. Batches wait in an inbox until the next redraw, so that only the
/// page's thread touches the store.
/// </summary>
public sealed class LiveCurves : IAsyncDisposable
{
    /// <summary>For a page of many runs, which together send points all the time.</summary>
    public static readonly TimeSpan ManyRuns = TimeSpan.FromMilliseconds(100);

    /// <summary>For a page of one run. A run sends at most ten batches a second, so no batch waits for the previous redraw.</summary>
    public static readonly TimeSpan OneRun = TimeSpan.FromMilliseconds(30);

    private readonly ConcurrentQueue<MetricBatch> _inbox = new();
    private readonly Throttler _redraws;
    private readonly IDisposable _subscription;

    /// <param name="interval">The least time between two redraws.</param>
    /// <param name="wanted">Which batches the page is about.</param>
    /// <param name="redraw">Switches to the page's thread, calls <see cref="TakeInbox"/> and renders.</param>
    public LiveCurves(LiveMetrics live, TimeProvider clock, ILogger logger, TimeSpan interval, Func<MetricBatch, bool> wanted, Func<Task> redraw)
    {
        _redraws = new Throttler(clock, interval, _ => redraw(), logger);
        _subscription = live.Subscribe(wanted, batch =>
        {
            _inbox.Enqueue(batch);
            _redraws.Request();
        });
    }

    public CurveStore Store { get; } = new();

    /// <summary>Moves the batches that arrived since the last call into <see cref="Store"/>.</summary>
    public void TakeInbox()
    {
        while (_inbox.TryDequeue(out MetricBatch? batch))
        {
            Store.Add(batch);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _redraws.DisposeAsync();
    }
}
