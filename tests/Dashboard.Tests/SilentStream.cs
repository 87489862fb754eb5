using System.Runtime.CompilerServices;
using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.Dashboard.Tests;

/// <summary>A metric stream without points.</summary>
internal sealed class SilentStream : IMetricStream
{
    public Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public Task TrimAsync(string position, CancellationToken cancellationToken) => Task.CompletedTask;
}
