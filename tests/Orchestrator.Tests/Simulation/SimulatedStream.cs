using System.Globalization;
using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The stream of metrics that workers write and the Orchestrator archives.</summary>
internal sealed class SimulatedStream
{
    private readonly List<MetricBatch> _batches = [];

    public int Length => _batches.Count;

    /// <summary>How far the Orchestrator is known to have read.</summary>
    public int Archived { get; set; }

    public void Append(MetricBatch batch) => _batches.Add(batch);

    /// <summary>What comes after a position, and the position after that.</summary>
    public (IReadOnlyList<MetricBatch> Batches, string Position) ReadAfter(string position)
    {
        int read = int.TryParse(position, CultureInfo.InvariantCulture, out int known) ? known : 0;
        return ([.. _batches.Skip(read)], _batches.Count.ToString(CultureInfo.InvariantCulture));
    }
}
