using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Workers;

/// <summary>Who trains, on what, and how busy it is.</summary>
public sealed partial class WorkersPage : LivePage
{
    private IReadOnlyList<WorkerView> _workers = [];
    private Dictionary<string, RunView> _runs = [];

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerView> workers = await Orchestrator.GetWorkersAsync(cancellationToken);
        string[] busyWith = [.. workers.Select(worker => worker.RunId).OfType<string>().Distinct()];
        RunView[] runs = await Task.WhenAll(busyWith.Select(id => Orchestrator.GetRunAsync(id, cancellationToken)));
        _runs = runs.ToDictionary(run => run.Id);
        _workers = [.. workers.OrderBy(worker => worker.State == WorkerState.Lost).ThenBy(worker => worker.Id, StringComparer.Ordinal)];
    }

    protected override bool Concerns(ChangeEvent change) =>
        change.Kind == ChangeKind.Worker || (change.Kind == ChangeKind.Run && _runs.ContainsKey(change.Id));

    private static double Share(WorkerView worker) =>
        worker.MemoryTotal > 0 ? (double)worker.MemoryUsed / worker.MemoryTotal : 0;

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
