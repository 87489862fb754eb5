using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <summary>
/// The log of a run's attempts. While its end is in view it follows new lines; while the user reads further up, nothing moves and nothing is read.
/// </summary>
public sealed partial class LogCard : LivePage
{
    private readonly LogWindow _window = new();
    private DotNetObjectReference<LogCard>? _self;
    private ElementReference _scroll;
    private (string RunId, LogState State)? _shown;
    private (string RunId, LogState State)? _asked;
    private bool _follows = true;
    private bool _isReading;
    private bool _toEnd;

    [Parameter, EditorRequired]
    public required RunView Run { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<AttemptView> Attempts { get; set; }

    [Parameter, EditorRequired]
    public required LogState State { get; set; }

    [Parameter]
    public EventCallback<LogState> StateChanged { get; set; }

    protected override TimeSpan ReloadInterval => TimeSpan.FromMilliseconds(400);

    /// <summary>The end of the log came into or went out of view.</summary>
    [JSInvokable]
    public void OnFollow(bool follows)
    {
        _follows = follows;
        StateHasChanged();
    }

    [JSInvokable]
    public Task OnNearStart() => _window.Before is { } before ? ReadAsync(() => AddEarlierAsync(before)) : Task.CompletedTask;

    [JSInvokable]
    public Task OnNearEnd() => !_window.IsEnd && _window.After is { } after ? ReadAsync(() => AddLaterAsync(after, Closing)) : Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Run.Id, State))
        {
            return;
        }

        if (_asked?.RunId != Run.Id)
        {
            Forget();
        }

        _asked = (Run.Id, State);
        await ReloadAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        (string RunId, LogState State) wanted = (Run.Id, State);
        if (_shown != wanted || _window.After is null)
        {
            await ShowNewestAsync(cancellationToken);
            _shown = wanted;
        }
        else if (_follows)
        {
            await CatchUpAsync(cancellationToken);
        }
        else
        {
            _window.FellBehind();
        }
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind == ChangeKind.Log && change.Id == Run.Id;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await Scripts.InvokeVoidAsync("dashboardLog.attach", Closing, _scroll, _self);
        }

        if (_toEnd)
        {
            _toEnd = false;
            await Scripts.InvokeVoidAsync("dashboardLog.toEnd", Closing, _scroll);
        }
    }

    protected override ValueTask LeaveAsync()
    {
        _self?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task ChangeAsync(LogState state) => StateChanged.InvokeAsync(state);
}
