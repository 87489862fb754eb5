using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>Lists the newest sweeps that match what is typed.</summary>
public sealed partial class EarlierSweeps : OrchestratorComponent
{
    private const int MostShown = 6;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private string _words = "";
    private IReadOnlyList<SweepView>? _found;
    private string? _problem;
    private Throttler? _searches;

    /// <summary>The id of the sweep.</summary>
    [Parameter]
    public EventCallback<string> OnChosen { get; set; }

    protected override void OnInitialized()
    {
        _searches = Throttle(Interval, LoadAsync);
        _searches.Request();
    }

    private void SearchAsync(string? words)
    {
        _words = words ?? "";
        _searches?.Request();
    }

    private async Task LoadAsync()
    {
        bool isOpen = await RequestAsync(
            problem => (_found, _problem) = (null, $"Earlier sweeps cannot be listed: {problem.Message}"),
            async () => (_found, _problem) = ((await Orchestrator.FindSweepsAsync(_words, MostShown, Closing)).Items, null));
        if (isOpen)
        {
            StateHasChanged();
        }
    }

    private static string Axes(SweepView sweep)
    {
        SweepFacts facts = SweepFacts.Of(sweep);
        return facts.Axes.Count == 0 ? "" : $" · {string.Join(", ", facts.Axes.Select(axis => axis.Label.ToLowerInvariant()))}";
    }
}
