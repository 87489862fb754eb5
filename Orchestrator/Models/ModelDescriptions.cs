using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Models;

/// <summary>Caches the layers of networks: a worker is asked once, because they never change while the program runs.</summary>
public sealed class ModelDescriptions(ModelRequests requests)
{
    /// <summary>Entries of a few dozen kilobytes each.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<DescribeModel, ModelSummary> _known = new();

    public async Task<ModelSummary> GetAsync(DescribeModel shape, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(shape, out ModelSummary? known))
        {
            return known;
        }

        ModelSummary summary = await requests.AskAsync<DescribeModel, ModelSummary>(shape, cancellationToken);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[shape] = summary;
    }
}
