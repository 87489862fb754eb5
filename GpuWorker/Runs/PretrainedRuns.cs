using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>Finds the weights of other runs in the artifact store.</summary>
internal sealed class PretrainedRuns(IArtifactStore artifacts) : IPretrainedRuns
{
    public string? FindBestWeights(string runId)
    {
        string? newest = null;
        for (int attempt = 1; artifacts.AttemptFolder(runId, attempt) is var folder && Directory.Exists(folder); attempt++)
        {
            string path = Path.Combine(folder, ArtifactNames.BestWeights);
            newest = File.Exists(path) ? path : newest;
        }

        return newest;
    }
}
