using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Launch.Drafts;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <content>
/// Keeps the draft in the browser until it is launched or discarded. It survives a reload, the back button and a restart of the server.
/// </content>
public sealed partial class LaunchPage
{
    private static readonly TimeSpan KeepInterval = TimeSpan.FromMilliseconds(400);

    private Throttler? _keeps;
    private bool _isRecalled;
    private bool _isUnkept;
    private KeptDraft? _recalled;
    private IReadOnlyList<KeptDraft> _keptElsewhere = [];

    /// <summary>The id of a draft of this browser to continue.</summary>
    [SupplyParameterFromQuery(Name = "draft")]
    public string? Resumed { get; set; }

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    private DraftStore Drafts => new(Scripts);

    /// <summary>What the draft started from: a draft is restored only for the same start.</summary>
    private string StartKey => $"{Template}|{From}";

    /// <summary>Runs once, after the page has loaded its start.</summary>
    /// <returns>True if there was a draft.</returns>
    private async Task<bool> RecallAsync()
    {
        if (_isRecalled)
        {
            return false;
        }

        _isRecalled = true;
        KeptDraft? kept = Resumed is null ? await Drafts.TakeAsync(StartKey, Closing) : await Drafts.ResumeAsync(Resumed, StartKey, Closing);
        await ListKeptAsync(kept?.Id);
        if (Resumed is not null)
        {
            _startProblem = kept is null ? "That draft is no longer in this browser: it was launched or discarded." : null;
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("draft", (string?)null), replace: true);
        }

        if (kept?.Text is not { Length: > 0 } text)
        {
            return false;
        }

        _recalled = kept;
        TakeText(text);
        return true;
    }

    private async Task ListKeptAsync(string? own) =>
        _keptElsewhere = [.. (await Drafts.ListAsync(Closing)).Where(draft => draft.Id != own)];

    private void TakeText(string text)
    {
        if (SweepYaml.Recall(text) is { } draft)
        {
            // An incomplete form, for example without a name, cannot be read as YAML.
            (_yaml, _yamlProblems, _draft) = (text, [], draft);
            DraftChanged();
        }
        else
        {
            EditYaml(text);
        }
    }

    private async Task ResumeAsync(KeptDraft draft)
    {
        if (await Drafts.ResumeAsync(draft.Id, StartKey, Closing) is not { Text: { Length: > 0 } text } kept)
        {
            _startProblem = $"The draft “{draft.Title}” is no longer in this browser: it was launched or discarded.";
        }
        else
        {
            _recalled = kept;
            TakeText(text);
        }

        await ListKeptAsync(draft.Id);
    }

    private async Task DiscardAsync(KeptDraft draft)
    {
        if (await AskToDiscardAsync(draft.Title))
        {
            await Drafts.DiscardAsync(draft.Id, Closing);
            await ListKeptAsync(null);
        }
    }

    private async Task DiscardRecalledAsync()
    {
        if (await AskToDiscardAsync(_draft.Name.Length > 0 ? _draft.Name : "Unnamed sweep"))
        {
            await RestartAsync();
            await KeepAsync();
            await ListKeptAsync(null);
            _yaml = SweepYaml.Write(_draft);
            Check();
        }
    }

    private Task<bool> AskToDiscardAsync(string name) => Dialogs.ConfirmAsync(
        "Discard this draft?", $"“{name}” is deleted from this browser. Sweeps that were launched are not affected.", "Discard", "Keep");

    private void RequestKeep()
    {
        _isUnkept = true;
        _keeps?.Request();
    }

    private async Task KeepAsync()
    {
        _isUnkept = false;
        try
        {
            string text = IsYaml || _yamlProblems.Count > 0 ? _yaml : SweepYaml.Write(_draft);
            await Drafts.KeepAsync(_isEdited ? text : null, _draft.Name, StartKey, CancellationToken.None);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser still has the previous version.
        }
    }
}
