using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// Finds runs whose curve is shorter than their training, so that their history must be read from the API. Covers the first
/// load and points missed during a lost connection. Points of an earlier attempt do not count for the current one.
/// </summary>
public sealed class CurveGaps
{
    private readonly Dictionary<(string Metric, string RunId), int> _readUpTo = [];

    /// <summary>The runs to read. They count as read from now on, so a run without the metric is not requested again before its next epoch.</summary>
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

    /// <summary>Forgets what was read, so that everything is read again.</summary>
    public void Reset() => _readUpTo.Clear();
}
