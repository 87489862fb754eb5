using System.Runtime.CompilerServices;
using Experiments.Contracts.Metrics;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>The stream for one process: a bounded log.</summary>
internal sealed class InMemoryMetricStream(MetricStreamOptions options, TimeProvider time) : IMetricStream
{
    private readonly Lock _lock = new();
    private readonly Doorbell _doorbell = new();
    private readonly List<Entry> _entries = [];
    private StreamPosition _last;

    public Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (MetricBatch batch in batches)
            {
                _last = _last.Next(now);
                _entries.Add(new Entry(_last, batch));
            }

            DropOverflow();
        }

        _doorbell.Ring();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(
        string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StreamPosition position = Start(after);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task ring = _doorbell.Next;
            List<MetricStreamEntry> page = PageAfter(ref position);
            if (page.Count > 0)
            {
                yield return page;
            }
            else
            {
                await ring.WaitAsync(cancellationToken);
            }
        }
    }

    public Task TrimAsync(string position, CancellationToken cancellationToken)
    {
        var upTo = StreamPosition.Parse(position);
        long recent = (time.GetUtcNow() - options.Retention).ToUnixTimeMilliseconds();
        lock (_lock)
        {
            int kept = _entries.FindIndex(entry => entry.Position > upTo || entry.Position.Milliseconds >= recent);
            _entries.RemoveRange(0, kept < 0 ? _entries.Count : kept);
        }

        return Task.CompletedTask;
    }

    private StreamPosition Start(string? after)
    {
        lock (_lock)
        {
            return after is null ? _last : StreamPosition.Parse(after);
        }
    }

    private List<MetricStreamEntry> PageAfter(ref StreamPosition position)
    {
        lock (_lock)
        {
            if (_entries.Count > 0 && position > _last)
            {
                // A position from before the clock was set back: no entry would ever follow it.
                position = StreamPosition.Beginning;
            }

            int first = FirstAfter(position);
            var page = _entries.Skip(first).Take(options.PageSize)
                .Select(entry => new MetricStreamEntry(entry.Position.ToString(), entry.Batch))
                .ToList();
            position = page.Count > 0 ? _entries[first + page.Count - 1].Position : position;
            return page;
        }
    }

    private int FirstAfter(StreamPosition position)
    {
        int found = _entries.BinarySearch(new Entry(position, null!), ByPosition);
        return found < 0 ? ~found : found + 1;
    }

    /// <summary>Several at a time, because removing the first element of a list moves all others.</summary>
    private void DropOverflow()
    {
        int slack = Math.Max(1, options.MaxEntries / 10);
        if (_entries.Count > options.MaxEntries + slack)
        {
            _entries.RemoveRange(0, _entries.Count - options.MaxEntries);
        }
    }

    private static readonly Comparer<Entry> ByPosition = Comparer<Entry>.Create((a, b) => a.Position.CompareTo(b.Position));

    private readonly record struct Entry(StreamPosition Position, MetricBatch Batch);
}
