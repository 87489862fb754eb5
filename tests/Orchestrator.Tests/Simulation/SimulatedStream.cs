using System.Globalization;
using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The metric stream that workers write and the Orchestrator archives.</summary>
internal sealed class SimulatedStream
{
    private readonly List<MetricBatch> _batches = [];

    public int Length => _batches.Count;

    /// <summary>The position up to which the Orchestrator is known to have read.</summary>
    public int Archived { get; set; }

    public void Append(MetricBatch batch) => _batches.Add(batch);

    /// <summary>The points after a position, and the position after them.</summary>
    public (IReadOnlyList<MetricBatch> Batches, string Position) ReadAfter(string position)
    {
        int read = int.TryParse(position, CultureInfo.InvariantCulture, out int known) ? known : 0;
        return ([.. _batches.Skip(read)], _batches.Count.ToString(CultureInfo.InvariantCulture));
    }
}
