using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Workers;

/// <summary>The workers: their runs, devices and utilization.</summary>
public sealed partial class WorkersPage : LivePage
{
    private IReadOnlyList<WorkerView> _workers = [];
    private Dictionary<string, RunView> _runs = [];
    private readonly WorkerSamples _histories = new();

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerView> workers = await Orchestrator.GetWorkersAsync(cancellationToken);
        string[] busyWith = [.. workers.Select(worker => worker.RunId).OfType<string>().Distinct()];
        RunView[] runs = await Task.WhenAll(busyWith.Select(id => Orchestrator.GetRunAsync(id, cancellationToken)));
        await FollowAsync(workers, cancellationToken);
        _runs = runs.ToDictionary(run => run.Id);
        _workers = [.. workers.OrderBy(worker => worker.State == WorkerState.Lost).ThenBy(worker => worker.Id, StringComparer.Ordinal)];
    }

    protected override bool Concerns(ChangeEvent change) =>
        change.Kind == ChangeKind.Worker || (change.Kind == ChangeKind.Run && _runs.ContainsKey(change.Id));

    private string Counts => string.Join(", ", _workers
        .GroupBy(worker => worker.State)
        .OrderBy(group => group.Key)
        .Select(group => $"{group.Count()} {(group.Key == WorkerState.SetAside ? "set aside" : EnumText.Of(group.Key))}"));

    private async Task FollowAsync(IReadOnlyList<WorkerView> workers, CancellationToken cancellationToken)
    {
        WorkerHistory?[] read = await Task.WhenAll(_histories.Missing(workers).Select(id => FindHistoryAsync(id, cancellationToken)));
        foreach (WorkerHistory history in read.OfType<WorkerHistory>())
        {
            _histories.Set(history);
        }

        foreach (WorkerView worker in workers)
        {
            _histories.Add(worker);
        }

        _histories.Keep(workers);
    }

    /// <summary>Null for a worker that has just left; the others are still shown.</summary>
    private async Task<WorkerHistory?> FindHistoryAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Orchestrator.GetWorkerHistoryAsync(id, cancellationToken);
        }
        catch (OrchestratorException problem) when (!problem.IsUnreachable)
        {
            return null;
        }
    }

    private async Task DoAsync(WorkerView worker, Func<string, CancellationToken, Task<WorkerView>> action)
    {
        try
        {
            await action(worker.Id, Closing);
            await ReloadAsync();
        }
        catch (OrchestratorException problem)
        {
            Snackbar.Add(problem.Explain(), Severity.Error);
        }
    }
}
