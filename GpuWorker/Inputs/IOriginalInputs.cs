using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Inputs;

/// <summary>Knows what was in the files that the keys of runs stand for.</summary>
public interface IOriginalInputs
{
    /// <summary>Waits until it is known, or has taken too long: the files may have to be read.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken);
}

/// <summary>For workers that nothing tells.</summary>
internal sealed class NoOriginalInputs : IOriginalInputs
{
    public Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken) =>
        Task.FromResult(new InputContent(null, "this worker cannot ask what was in them"));
}
