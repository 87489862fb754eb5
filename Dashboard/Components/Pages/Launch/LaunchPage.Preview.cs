using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <content>Checks the draft, asks the Orchestrator about it, and launches it.</content>
public sealed partial class LaunchPage
{
    private static readonly TimeSpan PreviewInterval = TimeSpan.FromMilliseconds(400);
    private static readonly IReadOnlyDictionary<string, string[]> NoErrors = new Dictionary<string, string[]>();

    private DraftCheck _check = DraftCheck.Of(new SweepDraft());
    private IReadOnlyDictionary<string, string[]> _serverErrors = NoErrors;
    private IReadOnlyDictionary<string, string[]> _shownErrors = NoErrors;
    private SweepPreview? _preview;
    private bool _isPreviewStale;
    private Throttler? _previews;
    private string? _notice;
    private bool _isLaunching;

    /// <summary>Why the sweep cannot be launched as it is; null when it can.</summary>
    private string? Obstacle => !MayChange ? "Your role is viewer: launching needs a token of an operator." : LaunchObstacle.Of(_yamlProblems.Count, _draft, _check.Errors, _serverErrors);

    private IReadOnlyList<(string Path, string Message)> Problems =>
        IsYaml || IsFormOutdated
            ? [.. Listed(_serverErrors)]
            : [.. _draft.Refused.Problems.Select(input => (input.Key, input.Value)).Concat(Listed(OwnErrors)).Concat(Listed(_serverErrors)).Distinct()];

    /// <summary>The errors of the draft, without those of fields that the user has not visited yet.</summary>
    private IReadOnlyDictionary<string, string[]> OwnErrors => _isBegun ? RequiredFields.WithoutUntouched(_check.Errors, _draft) : NoErrors;

    /// <summary>The preview of the current draft.</summary>
    private IReadOnlyList<SweepWarning> Warnings => _isPreviewStale ? [] : _preview?.Warnings ?? [];

    private static IEnumerable<(string Path, string Message)> Listed(IReadOnlyDictionary<string, string[]> errors) =>
        errors.SelectMany(error => error.Value.Select(message => (error.Key, message)));

    /// <summary>Counts immediately; asks the Orchestrator about duplicates, earlier results and the time shortly after.</summary>
    private void Check()
    {
        DraftCheck before = _check;
        _check = DraftCheck.Of(_draft);
        _serverErrors = NoErrors;
        _notice = null;
        _shownErrors = OwnErrors;

        // The previous answer stays visible, dimmed, until the next one: figures that flicker are hard to read.
        _preview = _check.IsComplete && before.IsComplete ? _preview : null;
        _isPreviewStale = true;
        if (_check.IsComplete)
        {
            _previews?.Request();
        }
    }

    private async Task PreviewAsync()
    {
        DraftCheck asked = _check;
        if (!asked.IsComplete)
        {
            return;
        }

        SweepPreview? preview = null;
        OrchestratorException? problem = null;
        bool isOpen = await RequestAsync(refused => problem = refused, async () => preview = await Orchestrator.PreviewAsync(asked.Json, Closing));
        if (asked == _check && preview is not null)
        {
            (_preview, _isPreviewStale) = (preview, false);
        }
        else if (asked == _check && problem is not null)
        {
            Show(problem);
        }

        if (isOpen)
        {
            StateHasChanged();
        }
    }

    private async Task LaunchAsync()
    {
        _isLaunching = true;
        try
        {
            SweepView sweep = await Orchestrator.LaunchAsync(_check.Json, Closing);
            _isEdited = false;
            await KeepAsync();
            Navigation.NavigateTo($"sweeps/{sweep.Id}");
        }
        catch (OrchestratorException problem)
        {
            Show(problem);
        }
        finally
        {
            _isLaunching = false;
        }
    }

    private void Show(OrchestratorException problem)
    {
        _preview = null;
        _serverErrors = problem.Errors;
        _shownErrors = problem.Errors;
        _notice = problem.IsUnreachable
            ? "The server does not respond, so the sweep cannot be launched now. Your draft is kept."
            : problem.Message;
    }
}
