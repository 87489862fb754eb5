using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <content>Leaves the draft with the browser too, which gives it back when the server was restarted while somebody was writing.</content>
public sealed partial class LaunchPage
{
    private static readonly TimeSpan KeepInterval = TimeSpan.FromMilliseconds(400);

    private Throttler? _keeps;
    private bool _isRecalled;

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    /// <summary>Once, after the page has begun.</summary>
    /// <returns>True when there was something.</returns>
    private async Task<bool> RecallAsync()
    {
        if (_isRecalled)
        {
            return false;
        }

        _isRecalled = true;
        string? kept = await Scripts.InvokeAsync<string?>("dashboardReconnect.take", _closed);
        if (string.IsNullOrEmpty(kept))
        {
            return false;
        }

        if (SweepYaml.Recall(kept) is { } draft)
        {
            // A form that is not finished, without a name for one, is no text that can be read.
            (_yaml, _yamlProblems, _draft) = (kept, [], draft);
            DraftChanged();
        }
        else
        {
            EditYaml(kept);
        }

        return true;
    }

    private async Task KeepAsync()
    {
        try
        {
            string text = IsYaml || _yamlProblems.Count > 0 ? _yaml : SweepYaml.Write(_draft);
            await Scripts.InvokeVoidAsync("dashboardReconnect.keep", _closed, _isEdited ? text : null);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has what it was given before.
        }
    }
}
