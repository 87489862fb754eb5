using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>A tab of a sweep other than its runs, under the same head.</summary>
public abstract class SweepTabPage : LivePage
{
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    protected SweepView? Sweep { get; private set; }

    protected SweepFacts? Facts { get; private set; }

    protected RunView? Best { get; private set; }

    protected string Title(string tab) => $"{Sweep?.Name ?? "Sweep"} · {tab} · Experiments";

    protected override async Task OnParametersSetAsync()
    {
        if (Sweep is not null && Sweep.Id != Id)
        {
            Forget();
        }

        await base.OnParametersSetAsync();
    }

    protected sealed override async Task LoadAsync(CancellationToken cancellationToken)
    {
        SweepView sweep = await Orchestrator.GetSweepAsync(Id, cancellationToken);
        var facts = SweepFacts.Of(sweep);
        RunView? best = sweep.BestRunId is { } id ? await Orchestrator.FindRunAsync(id, cancellationToken) : null;
        await LoadTabAsync(sweep, facts, best, cancellationToken);
        (Sweep, Facts, Best) = (sweep, facts, best);
    }

    /// <summary>Reads what the tab shows below the head.</summary>
    protected abstract Task LoadTabAsync(SweepView sweep, SweepFacts facts, RunView? best, CancellationToken cancellationToken);

    protected override bool Concerns(ChangeEvent change) => change.SweepId == Id;
}
