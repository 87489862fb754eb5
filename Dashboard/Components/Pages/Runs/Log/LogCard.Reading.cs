using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <content>Reads the lines on the page, and those before and after them.</content>
public sealed partial class LogCard
{
    /// <summary>If the log has grown by more than this, the newest lines are read instead.</summary>
    private const int MostPagesAtOnce = 4;

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        for (int pages = 0; pages < MostPagesAtOnce; pages++)
        {
            await AddLaterAsync(_window.After!, cancellationToken);
            if (_window.IsEnd)
            {
                return;
            }
        }

        await ShowNewestAsync(cancellationToken);
    }

    private async Task AddLaterAsync(string place, CancellationToken cancellationToken)
    {
        (string, LogState)? shown = _shown;
        RunLogPage page = await Orchestrator.GetLogAsync(Run.Id, State.After(place), cancellationToken);

        // Another read may have fetched the same lines meanwhile, or the search may have changed.
        if (shown == _shown && _window.After == place)
        {
            _window.AddLater(page);
        }
    }

    private async Task AddEarlierAsync(string place)
    {
        (string, LogState)? shown = _shown;
        RunLogPage page = await Orchestrator.GetLogAsync(Run.Id, State.Before(place), Closing);
        if (shown == _shown && _window.Before == place)
        {
            _window.AddEarlier(page);
        }
    }

    private async Task ShowNewestAsync(CancellationToken cancellationToken)
    {
        _window.Show(await Orchestrator.GetLogAsync(Run.Id, State.Newest, cancellationToken));
        (_follows, _toEnd) = (true, true);
    }

    private Task ToEndAsync() => ReadAsync(() => ShowNewestAsync(Closing));

    /// <summary>A failed read is repeated when the lines come into view again.</summary>
    private async Task ReadAsync(Func<Task> read)
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            // The page itself reports that the Orchestrator is unreachable.
            await RequestAsync(_ => { }, read);
        }
        finally
        {
            _isReading = false;
        }

        StateHasChanged();
    }
}
