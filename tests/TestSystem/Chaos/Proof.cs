namespace Experiments.TestSystem.Chaos;

/// <summary>The kind of a violation.</summary>
public enum WrongKind
{
    /// <summary>It did not complete, or some of its metrics are missing.</summary>
    Lost,

    /// <summary>It completed more than once, or had two concurrent attempts.</summary>
    Duplicated,

    /// <summary>Its result differs from that of the run without faults.</summary>
    Differing,
}

/// <summary>A violated guarantee.</summary>
public sealed record Wrong(WrongKind Kind, string Text);

/// <summary>Checks a sweep's results against the guarantees. Pure.</summary>
public static class Proof
{
    /// <summary>Checks that every cell completed exactly once, with one attempt at a time, and that each epoch has its metrics.</summary>
    public static IEnumerable<Wrong> OfOnce(SweepRecord sweep)
    {
        int[] cells = [.. sweep.Runs.Select(run => run.Cell).Order()];
        if (!cells.Distinct().SequenceEqual(Enumerable.Range(1, sweep.Cells)))
        {
            yield return new Wrong(WrongKind.Lost, $"{sweep.Source}: {sweep.Cells} cells were asked for; there are {cells.Length}: {string.Join(' ', cells)}");
        }

        if (cells.Distinct().Count() < cells.Length || sweep.Runs.DistinctBy(run => run.Key).Count() < cells.Length)
        {
            yield return new Wrong(WrongKind.Duplicated, $"{sweep.Source}: cells occur twice");
        }

        foreach (RunRecord run in sweep.Runs)
        {
            foreach (Wrong wrong in AttemptProof.Of(run).Concat(EpochProof.Of(run)))
            {
                yield return wrong with { Text = $"{sweep.Source}: cell {run.Cell} ({run.Id}): {wrong.Text}" };
            }
        }
    }

    /// <summary>Checks that final metrics and weights are bit for bit those of the sweep without faults.</summary>
    public static IEnumerable<Wrong> OfSameness(SweepRecord disturbed, SweepRecord undisturbed)
    {
        Dictionary<int, RunRecord> others = undisturbed.Runs.ToDictionary(run => run.Cell);
        foreach (RunRecord run in disturbed.Runs)
        {
            string[] differences = others.TryGetValue(run.Cell, out RunRecord? other) && other.Key == run.Key
                ? [.. Sameness.DifferencesOf(run, other)]
                : ["the sweep without faults has no such run"];
            foreach (string difference in differences)
            {
                yield return new Wrong(WrongKind.Differing, $"{disturbed.Source}: cell {run.Cell} ({run.Id}): {difference}");
            }
        }
    }
}
