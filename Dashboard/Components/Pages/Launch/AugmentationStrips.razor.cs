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

    protected override void OnInitialized() => _requests = Throttle(Interval, ShowAsync);

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
        bool isOpen = await RequestAsync(problem => notice = Notice(problem), async () =>
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
        });
        if (isOpen && asked == _wanted)
        {
            (_strips, _notice) = (strips, notice);
            StateHasChanged();
        }
    }

    private static string Notice(OrchestratorException problem) =>
        $"Augmented samples cannot be shown: {problem.Errors.Values.SelectMany(messages => messages).FirstOrDefault() ?? problem.Message}";
}
