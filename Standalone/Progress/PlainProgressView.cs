using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Standalone.Progress;

/// <summary>Prints a line for each run that starts or ends: for logs and pipes.</summary>
internal sealed class PlainProgressView(TextWriter output, RunLabel label)
{
    private readonly HashSet<(string Run, int Attempt)> _begun = [];
    private readonly HashSet<(string Run, int Attempt, RunStatus Status)> _ended = [];
    private string? _obstacle;

    public void Show(SweepProgress progress)
    {
        foreach (RunView run in progress.JustEnded.Where(run => _ended.Add((run.Id, run.Attempt, run.Status))))
        {
            output.WriteLine(Line(progress, run));
        }

        foreach (RunView run in progress.Running.Where(run => _begun.Add((run.Id, run.Attempt))))
        {
            output.WriteLine(Line(progress, run));
        }

        string? obstacle = progress.Obstacle ?? progress.Waits;
        if (obstacle != _obstacle && obstacle is not null)
        {
            output.WriteLine(obstacle);
        }

        _obstacle = obstacle;
    }

    private string Line(SweepProgress progress, RunView run)
    {
        RunCounts counts = progress.Sweep.RunCounts;
        string value = run.Summary.TryGetValue(progress.Metric, out MetricSummary? summary)
            ? string.Create(CultureInfo.InvariantCulture, $", {progress.Metric} {summary.Best:0.0000}")
            : "";
        string failure = run.Failure is { } failed ? $": {failed.Message}" : "";
        return $"[{counts.Ended}/{counts.Total}] run {run.Cell} {label.Of(run)}: {Word(run)}{value}{failure}";
    }

    private static string Word(RunView run) => run switch
    {
        { Status: RunStatus.Running, Attempt: > 1 } => $"running, attempt {run.Attempt}",
        _ => run.Status.ToString().ToLowerInvariant(),
    };
}
