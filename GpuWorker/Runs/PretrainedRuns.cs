using System.Collections.Concurrent;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>Finds the weights of other runs in the artifact store.</summary>
internal sealed class PretrainedRuns(IArtifactStore artifacts) : IPretrainedRuns
{
    private readonly ConcurrentDictionary<string, string> _paths = [];

    public async Task FetchAsync(string runId, CancellationToken cancellationToken)
    {
        if (await artifacts.FetchResultAsync(runId, ArtifactNames.BestWeights, cancellationToken) is { } path)
        {
            _paths[runId] = path;
        }
    }

    public string? FindBestWeights(string runId) => _paths.GetValueOrDefault(runId);
}
