using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>What is compared of each class.</summary>
public enum ClassMeasure
{
    F1,
    Precision,
    Recall,
}

/// <summary>Puts the reports of runs side by side, one measure at a time: confusion matrices of hundreds of runs would be most of the traffic.</summary>
public sealed class ClassComparisons(RunViews runs, EvaluationFiles files)
{
    public async Task<ClassComparison> CompareAsync(IReadOnlyList<string> ids, ClassMeasure measure, CancellationToken cancellationToken)
    {
        var evaluated = new List<(string RunId, Summary Summary)>();
        foreach (Run run in await runs.FindManyAsync(ids, cancellationToken))
        {
            if (await files.TryReadAsync<Summary>(run, ArtifactNames.Evaluation, cancellationToken) is { } summary)
            {
                // Runs of earlier versions named classes as the file system did.
                evaluated.Add((run.Id, summary with { Report = [.. summary.Report.Select(entry => entry with { Class = Nfc.Of(entry.Class) })] }));
            }
        }

        return Compare(evaluated, measure) with { Without = [.. ids.Except(evaluated.Select(run => run.RunId))] };
    }

    private static ClassComparison Compare(List<(string RunId, Summary Summary)> runs, ClassMeasure measure)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var support = new List<int>();
        foreach (ClassReport entry in runs.SelectMany(run => run.Summary.Report))
        {
            if (places.TryAdd(entry.Class, places.Count))
            {
                support.Add(entry.Support);
            }
        }

        return new ClassComparison(
            EnumText.Of(measure), [.. places.Keys], support, [.. runs.Select(run => Show(run.RunId, run.Summary, places, measure))], []);
    }

    private static EvaluatedRun Show(string runId, Summary summary, Dictionary<string, int> places, ClassMeasure measure)
    {
        double?[] values = new double?[places.Count];
        foreach (ClassReport entry in summary.Report)
        {
            values[places[entry.Class]] = ValueOf(entry, measure);
        }

        return new EvaluatedRun(runId, summary.Split, summary.Images, summary.Epoch, summary.Accuracy, summary.MacroF1, values);
    }

    private static double ValueOf(ClassReport entry, ClassMeasure measure) => measure switch
    {
        ClassMeasure.F1 => entry.F1,
        ClassMeasure.Precision => entry.Precision,
        ClassMeasure.Recall => entry.Recall,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no such measure"),
    };

    /// <summary>What is needed of an <see cref="EvaluationReport"/>: the matrix of a thousand classes is a million numbers that nobody reads here.</summary>
    private sealed record Summary(string Split, int Images, int Epoch, IReadOnlyList<ClassReport> Report, double Accuracy, double MacroF1);
}
