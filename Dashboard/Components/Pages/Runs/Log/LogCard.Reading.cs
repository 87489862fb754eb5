using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <content>Reads the lines that are on the page, and those before and after them.</content>
public sealed partial class LogCard
{
    /// <summary>A reader who fell further behind is better served with the newest lines.</summary>
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

        // Meanwhile others may have read the same, or somebody looks for something else now.
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

    /// <summary>What cannot be read now is read when it comes into sight again.</summary>
    private async Task ReadAsync(Func<Task> read)
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            await read();
        }
        catch (OrchestratorException)
        {
            // The page itself tells that the Orchestrator is away.
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _isReading = false;
        }

        StateHasChanged();
    }
}
