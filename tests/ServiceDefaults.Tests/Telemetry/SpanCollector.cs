using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Experiments.ServiceDefaults.Tests.Telemetry;

/// <summary>Takes the place of the exporter: what it has would have been sent.</summary>
internal sealed class SpanCollector : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    public IEnumerable<string> Names => _spans.Select(span => span.DisplayName);

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (Activity span in batch)
        {
            _spans.Enqueue(span);
        }

        return ExportResult.Success;
    }
}
