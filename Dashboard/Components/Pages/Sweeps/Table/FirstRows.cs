using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The first rows of a table of runs, read at the same time as the sweep itself, so that the table does not read them again.</summary>
public sealed class FirstRows
{
    /// <summary>How many rows a table begins with.</summary>
    public const int Count = 50;

    private readonly string _sweepId;
    private readonly RunsQuery _query;
    private Task<Page<RunView>>? _reading;

    private FirstRows(string sweepId, RunsQuery query, Task<Page<RunView>> reading) => (_sweepId, _query, _reading) = (sweepId, query, reading);

    /// <summary>Starts reading them. The result, or the failure, goes to the caller of <see cref="Take"/>.</summary>
    public static FirstRows Read(OrchestratorClient orchestrator, string sweepId, RunsTableState state, CancellationToken cancellationToken)
    {
        RunsQuery query = state.Query(0, Count);
        return new FirstRows(sweepId, query, orchestrator.GetRunsAsync(sweepId, query, cancellationToken));
    }

    /// <summary>Completes once the reading has succeeded or failed; never throws.</summary>
    public async Task WaitAsync()
    {
        if (_reading is Task reading)
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>The result, once: null if the query is a different one, or if it was taken before.</summary>
    public Task<Page<RunView>>? Take(string sweepId, RunsQuery query)
    {
        Task<Page<RunView>>? reading = (sweepId, query) == (_sweepId, _query) ? _reading : null;
        _reading = null;
        return reading;
    }
}
