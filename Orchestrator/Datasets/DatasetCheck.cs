using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Datasets;

/// <summary>The progress of the check of one data set. Safe for use by several threads.</summary>
internal sealed class DatasetCheck(DatasetSpec dataset, DateTimeOffset started)
{
    private readonly Lock _gate = new();
    private readonly List<UnreadableImage> _named = [];
    private DatasetCheckView _view = new(DatasetCheckStatus.Running, started, null, null, 0, 0, 0, [], null);

    public DatasetSpec Dataset => dataset;

    public DatasetCheckView View
    {
        get
        {
            lock (_gate)
            {
                return _view;
            }
        }
    }

    public bool IsRunning => View.Status == DatasetCheckStatus.Running;

    /// <returns>False when the segment did not advance the check.</returns>
    public bool Add(DatasetChecked stretch)
    {
        lock (_gate)
        {
            if (_view.Status != DatasetCheckStatus.Running)
            {
                return true;
            }

            if (stretch.Next <= _view.Checked && stretch.Next < stretch.Images)
            {
                return false;
            }

            _named.AddRange(stretch.Unreadable.Take(DatasetCheckView.MostNamed - _named.Count));
            _view = _view with
            {
                Host = stretch.Host,
                Images = stretch.Images,
                Checked = stretch.Next,
                UnreadableCount = _view.UnreadableCount + stretch.Unreadable.Count,
                Unreadable = [.. _named],
            };
            return true;
        }
    }

    /// <summary>The first end counts. A segment in progress is not awaited, and its result is dropped.</summary>
    public void End(DatasetCheckStatus status, DateTimeOffset time, string? problem = null)
    {
        lock (_gate)
        {
            if (_view.Status == DatasetCheckStatus.Running)
            {
                _view = _view with { Status = status, FinishedAt = time, Problem = problem };
            }
        }
    }
}
