using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>Which worker trained which run of a sweep when. All choices are in the address.</summary>
public sealed partial class TimelinePage : SweepTabPage
{
    private const string RunWord = "run";
    private const int WorkerHeight = 30;
    private const int AxisHeight = 56;
    private const int FewestPixels = 110;

    private SweepAttempts? _attempts;
    private IReadOnlyList<WorkerShare> _shares = [];
    private DateTimeOffset _readAt;
    private string? _loadedId;

    /// <summary><c>run</c> for colors by run; else by outcome.</summary>
    [SupplyParameterFromQuery]
    public string? By { get; set; }

    /// <summary>The start of the zoomed range.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The end of the zoomed range.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(3);

    private bool ByRun => By == RunWord;

    private TimeWindow? Zoom => TimeWindow.Parse(From, To);

    private TimeWindow? Whole => TimelineBars.WholeOf(_attempts!, _readAt);

    private int Height => Math.Max(FewestPixels, (_attempts!.Workers.Count * WorkerHeight) + AxisHeight);

    private string AttemptCount => _attempts!.Runs.Count == 1 ? "1 attempt" : $"{Numbers.Count(_attempts.Runs.Count)} attempts";

    protected override async Task OnParametersSetAsync()
    {
        // Colors and zoom concern the same attempts and need no reload.
        if (_loadedId != Id)
        {
            await base.OnParametersSetAsync();
        }
    }

    protected override async Task LoadTabAsync(SweepView sweep, SweepFacts facts, RunView? best, CancellationToken cancellationToken)
    {
        string id = Id;
        SweepAttempts attempts = await Orchestrator.GetSweepAttemptsAsync(id, cancellationToken);
        _readAt = Now;
        _attempts = attempts;
        _shares = WorkerShare.Of(attempts, _readAt);
        _loadedId = id;
    }

    private Figure Draw()
    {
        TimeWindow window = Zoom ?? Whole!;
        return TimelineFigure.Draw(_attempts!, TimelineBars.Of(_attempts!, window, _readAt), window, ByRun, Height, IsDark);
    }

    private void OnZoomed(AxisZoom? zoom)
    {
        TimeWindow? window = zoom is null ? null : TimeWindow.Parse(zoom.From, zoom.To);
        Go((nameof(From), window is null ? null : TimeWindow.Text(window.From)), (nameof(To), window is null ? null : TimeWindow.Text(window.To)));
    }
}
