using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Experiments.ServiceDefaults.Tests.Telemetry;

/// <summary>Replaces the exporter and collects the exported spans.</summary>
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
