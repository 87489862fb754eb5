namespace Experiments.GpuWorker.Training;

/// <summary>Finds the weights of finished runs, for <c>pretrained: run:&lt;id&gt;</c>.</summary>
public interface IPretrainedRuns
{
    /// <summary>The path of the run's best.safetensors; null when this worker has no such run.</summary>
    string? FindBestWeights(string runId);
}

/// <summary>For workers without access to other runs' files.</summary>
internal sealed class NoPretrainedRuns : IPretrainedRuns
{
    public string? FindBestWeights(string runId) => null;
}
