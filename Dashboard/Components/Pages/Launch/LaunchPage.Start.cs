using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Launch.Starts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <content>The start of the draft: empty, an example, or an earlier sweep.</content>
public sealed partial class LaunchPage
{
    private const string EarlierStarts = "earlier";

    private (string? Template, string? From) _begunWith;
    private SweepStart? _start;
    private string? _startProblem;
    private bool _isLoading;

    /// <summary>The user agreed to replace the draft.</summary>
    private bool _isAgreed;

    private bool IsChoosing => _start is null && !_isLoading;

    /// <summary>Loads the start from the address whenever it changes.</summary>
    private async Task BeginAsync()
    {
        if (_begunWith != (Template, From))
        {
            await RestartAsync();
        }
    }

    /// <summary>Starts over from the address and discards the draft.</summary>
    private async Task RestartAsync()
    {
        (_begunWith, _start, _startProblem) = ((Template, From), null, null);
        (_draft, _yamlProblems, _isBegun, _isEdited, _recalled) = (new SweepDraft(), [], false, false, null);
        if (_isRecalled)
        {
            // Only after the browser was asked, since it may have a draft to continue.
            RequestKeep();
        }

        if (Template is null && From is null)
        {
            return;
        }

        _isLoading = true;
        try
        {
            _start = await SweepStart.LoadAsync(Orchestrator, Template, From, Closing);
            (_draft, _isBegun) = (SweepDraft.From(_start.Spec), true);
        }
        catch (StartException problem)
        {
            _startProblem = problem.Message;
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
        }
        finally
        {
            _isLoading = false;
        }
    }

    private Task StartFromTemplateAsync(string name) => StartFromAsync(name, null);

    private Task StartFromSweepAsync(string id) => StartFromAsync(null, id);

    private Task StartEmptyAsync() => StartFromAsync(null, null);

    private async Task StartFromAsync(string? template, string? sweep)
    {
        if (!_isEdited || await AskAsync())
        {
            _isAgreed = true;
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
                new Dictionary<string, object?> { ["template"] = template, ["from"] = sweep, ["start"] = null }));
        }
    }

    /// <summary>The back button can also change the start of this page.</summary>
    private async Task AskBeforeReplacingAsync(LocationChangingContext context)
    {
        bool isSafe = !_isEdited || _isAgreed || !IsOtherStart(Navigation.ToAbsoluteUri(context.TargetLocation));
        _isAgreed = false;
        if (!isSafe && !await AskAsync())
        {
            context.PreventNavigation();
        }
    }

    private Task<bool> AskAsync() => Dialogs.ConfirmAsync(
        "Start over?", "This replaces what you wrote here. Launched sweeps are not affected.", "Replace", "Keep editing");

    private bool IsOtherStart(Uri target)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(target.Query);
        return target.AbsolutePath == Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath
            && ((string?)query.GetValueOrDefault("template"), (string?)query.GetValueOrDefault("from")) != (Template, From);
    }

    private void ShowStarts(bool earlier) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("start", earlier ? EarlierStarts : null), replace: true);
}
