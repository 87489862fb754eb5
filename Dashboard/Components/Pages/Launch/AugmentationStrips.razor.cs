using System.Text.Json;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Requests the images whenever the draft's augmentations, data set, image size or seed change.</summary>
public sealed partial class AugmentationStrips : OrchestratorComponent
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private IReadOnlyList<(string Label, string Json)> _wanted = [];
    private IReadOnlyList<AugmentationStrip> _strips = [];
    private string? _notice;
    private Throttler? _requests;

    [Parameter, EditorRequired]
    public required SweepDraft Draft { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<AugmentationStrips> Logger { get; set; } = default!;

    protected override async ValueTask LeaveAsync()
    {
        if (_requests is not null)
        {
            await _requests.DisposeAsync();
        }
    }

    protected override void OnInitialized() => _requests = new Throttler(Clock, Interval, _ => InvokeAsync(ShowAsync), Logger);

    protected override void OnParametersSet()
    {
        IReadOnlyList<(string Label, string Json)> wanted = AugmentationRequests.Of(Draft);
        if (!wanted.SequenceEqual(_wanted))
        {
            _wanted = wanted;
            _requests?.Request();
        }
    }

    private async Task ShowAsync()
    {
        IReadOnlyList<(string Label, string Json)> asked = _wanted;
        var strips = new List<AugmentationStrip>();
        string? notice = null;
        try
        {
            foreach ((string label, string json) in asked)
            {
                AugmentationPreview preview = await Orchestrator.PreviewAugmentationAsync(JsonSerializer.Deserialize<JsonElement>(json), Closing);
                if (strips.Count == 0)
                {
                    strips.Add(new AugmentationStrip("original", preview.Original));
                }

                strips.Add(new AugmentationStrip(label, preview.Augmented));
            }
        }
        catch (OrchestratorException problem)
        {
            notice = $"Augmented samples cannot be shown: {problem.Errors.Values.SelectMany(messages => messages).FirstOrDefault() ?? problem.Message}";
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            return;
        }

        if (asked == _wanted)
        {
            (_strips, _notice) = (strips, notice);
            StateHasChanged();
        }
    }
}
