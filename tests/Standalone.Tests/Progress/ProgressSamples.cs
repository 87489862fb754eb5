using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Standalone.Progress;
using Spectre.Console;

namespace Experiments.Standalone.Tests.Progress;

/// <summary>A sweep of two runs at one moment, and a console that writes to a string.</summary>
internal static class ProgressSamples
{
    public static SweepView Sweep { get; } = new()
    {
        Id = "s",
        Name = "sample",
        Status = SweepStatus.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Spec = Json("""{ "objective": { "metric": "validation/accuracy", "goal": "maximize" }, "grid": { "model": ["resnet18"], "learningRate": [0.1, 0.01] } }"""),
        RunCounts = new RunCounts(0, 0, 1, 1, 0, 0),
        BestRunId = "best",
        BestValue = 0.98765,
    };

    public static RunView Run(string id, int cell, RunStatus status, double? accuracy = null, RunFailure? failure = null) => new()
    {
        Id = id,
        SweepId = "s",
        Cell = cell,
        Key = "k",
        Status = status,
        Config = new Dictionary<string, JsonElement> { ["model"] = Json("\"resnet18\""), ["learningRate"] = Json("0.1") },
        Attempt = 1,
        CreatedAt = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch.AddHours(1),
        TrainedSeconds = 12.34,
        Epoch = 2,
        Epochs = 5,
        Summary = accuracy is { } value
            ? new Dictionary<string, MetricSummary> { ["validation/accuracy"] = new(value, value, 2) }
            : new Dictionary<string, MetricSummary>(),
        Failure = failure,
        Artifacts = [],
    };

    public static SweepProgress Progress(params RunView[] justEnded) =>
        new(Sweep, [Run("now", 2, RunStatus.Running)], justEnded, Run("best", 1, RunStatus.Completed, 0.98765));

    /// <summary>The output on a terminal of the given width.</summary>
    public static string Written(int width, Action<IAnsiConsole> write) => WrittenAsync(width, console =>
    {
        write(console);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <inheritdoc cref="Written"/>
    public static async Task<string> WrittenAsync(int width, Func<IAnsiConsole, Task> write)
    {
        await using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        await write(console);
        return text.ToString();
    }

    private static JsonElement Json(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
