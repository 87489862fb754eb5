using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Inputs;

/// <summary>Provides the content of the files that the keys of runs refer to.</summary>
public interface IOriginalInputs
{
    /// <summary>Waits until it is known or a time limit passes: the files may have to be read.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken);
}

/// <summary>For workers without a source of this information.</summary>
internal sealed class NoOriginalInputs : IOriginalInputs
{
    public Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken) =>
        Task.FromResult(new InputContent(null, "this worker cannot ask what was in them"));
}
