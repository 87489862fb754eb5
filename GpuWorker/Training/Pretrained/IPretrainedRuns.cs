namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Finds the weights of finished runs, for <c>pretrained: run:&lt;id&gt;</c>.</summary>
public interface IPretrainedRuns
{
    /// <summary>Fetches the weights, if there are any. Must be called before <see cref="FindBestWeights"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    Task FetchAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The path of the run's best.safetensors; null when this worker has no such run.</summary>
    string? FindBestWeights(string runId);
}

/// <summary>For workers without access to other runs' files.</summary>
internal sealed class NoPretrainedRuns : IPretrainedRuns
{
    public Task FetchAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;

    public string? FindBestWeights(string runId) => null;
}
