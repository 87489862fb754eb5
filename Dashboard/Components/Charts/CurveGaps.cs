using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// Finds runs whose curve is shorter than their training: their history has to be read over the API. Covers the first
/// load as well as whatever was missed while a connection was lost. What an earlier attempt drew does not count as the present one's.
/// </summary>
public sealed class CurveGaps
{
    private readonly Dictionary<(string Metric, string RunId), int> _readUpTo = [];

    /// <summary>The runs to read, which are taken to be read now: a run that has no such metric is not asked for again before its next epoch.</summary>
    public IReadOnlyList<string> TakeMissing(string metric, IEnumerable<RunView> runs, CurveStore store)
    {
        var missing = new List<string>();
        foreach (RunView run in runs)
        {
            bool wasRead = _readUpTo.TryGetValue((metric, run.Id), out int read);
            bool hasAll = wasRead && (read >= run.Epoch || store.Get(metric, run.Id).LastStepOf(run.Attempt) >= run.Epoch);
            if (run.Epoch > 0 && !hasAll)
            {
                _readUpTo[(metric, run.Id)] = run.Epoch;
                missing.Add(run.Id);
            }
        }

        return missing;
    }

    /// <summary>Forgets what was read: the next look reads everything again.</summary>
    public void Reset() => _readUpTo.Clear();
}
