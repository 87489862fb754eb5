using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Datasets;

/// <summary>The check of all images of a data set: starts, cancels and follows it, whichever page started it.</summary>
public sealed partial class DatasetCheckCard : OrchestratorComponent
{
    /// <summary>Unreadable images shown before the user asks for all.</summary>
    private const int FewShown = 20;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private DatasetCheckView? _check;
    private object? _shown;
    private string? _problem;
    private bool _hasLooked;
    private bool _isFollowing;
    private bool _showsAll;

    [Parameter, EditorRequired]
    public required string Dataset { get; set; }

    [Parameter]
    public string? Path { get; set; }

    /// <summary>The number of images in all splits.</summary>
    [Parameter, EditorRequired]
    public int Images { get; set; }

    private string Note => _check switch
    {
        { FinishedAt: { } finished, Host: { } host } => $"checked {Times.Exact(finished)}, by {host}",
        { Host: { } host } => $"by {host}",
        _ => "a worker decodes every image on one core; training continues",
    };

    protected override async Task OnParametersSetAsync()
    {
        object wanted = (Dataset, Path);
        if (wanted.Equals(_shown))
        {
            return;
        }

        (_shown, _check, _problem, _hasLooked, _showsAll) = (wanted, null, null, false, false);
        await LookAsync(wanted);
        await FollowAsync();
    }

    private static double ShareOf(DatasetCheckView check) => check.Images == 0 ? 0 : (double)check.Checked / check.Images;

    private static string Progress(DatasetCheckView check) =>
        check.Images == 0 ? "waiting for a worker" : $"{Numbers.Count(check.Checked)} of {Numbers.Count(check.Images)}";

    private IEnumerable<UnreadableImage> Shown(DatasetCheckView check) => _showsAll ? check.Unreadable : check.Unreadable.Take(FewShown);

    private async Task StartAsync()
    {
        _showsAll = false;
        await AskAsync(_shown!, () => Orchestrator.StartDatasetCheckAsync(Dataset, Path, Closing)!);
        await FollowAsync();
    }

    private Task CancelAsync() => AskAsync(_shown!, () => Orchestrator.CancelDatasetCheckAsync(Dataset, Path, Closing)!);

    private Task LookAsync(object wanted) => AskAsync(wanted, () => Orchestrator.FindDatasetCheckAsync(Dataset, Path, Closing));

    /// <summary>Polls while a check is running, and keeps polling while the Orchestrator cannot be reached.</summary>
    private async Task FollowAsync()
    {
        if (_isFollowing)
        {
            return;
        }

        _isFollowing = true;
        try
        {
            while (_check is { Status: DatasetCheckStatus.Running } && !Closing.IsCancellationRequested)
            {
                StateHasChanged();
                await Task.Delay(LookInterval, Clock, Closing);
                await LookAsync(_shown!);
            }
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The user left the page.
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private async Task AskAsync(object wanted, Func<Task<DatasetCheckView?>> ask) => await RequestAsync(
        problem => (_problem, _hasLooked) = (problem.Explain(), true),
        async () =>
        {
            DatasetCheckView? check = await ask();
            if (wanted.Equals(_shown))
            {
                (_check, _problem, _hasLooked) = (check, null, true);
            }
        });
}
