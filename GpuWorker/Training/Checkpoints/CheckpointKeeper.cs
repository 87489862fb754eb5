using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>
/// Saves finished epochs while the next ones train. At the end of an epoch its state is copied in memory; another thread writes the copy, one at a time.
/// Epochs within <see cref="TrainingOptions.CheckpointSeconds"/> of a checkpoint wait for the next one. An epoch is reported as finished once a
/// checkpoint that contains it is on disk, in order, by the training thread. All calls come from that thread.
/// </summary>
internal sealed class CheckpointKeeper(
    TrainingJob job, TrainingProgress progress, RunCheckpoint state, WeightsFile weights, ITrainingListener listener, TrainingOptions options, TimeProvider time) : IDisposable
{
    private readonly CheckpointFolder _folder = new(job.Folder);
    private readonly BackgroundWork _writing = new();

    /// <summary>The epochs in the checkpoint that is being written, and the later ones.</summary>
    private List<EpochResult> _inWriting = [];
    private List<EpochResult> _waiting = [];

    /// <summary>The last finished epoch, unless it is already being written.</summary>
    private CapturedCheckpoint? _captured;

    /// <summary>The best weights as of the epoch that is being closed, until it is captured.</summary>
    private CapturedDraft? _best;
    private long? _lastCheckpoint;
    private bool _hasFailed;

    private bool IsAtEnd => progress.State.Epoch >= job.Epochs.Last || progress.IsRunFinished;

    private bool IsDue => _lastCheckpoint is not { } last || time.GetElapsedTime(last).TotalSeconds >= options.CheckpointSeconds;

    private string Position => $"epoch {progress.State.Epoch}, iteration {progress.State.Iteration}";

    /// <summary>Reports the epochs whose checkpoint is on disk, and starts writing those that have waited long enough. Does not block.</summary>
    /// <exception cref="TrainingException">A checkpoint could not be written.</exception>
    public void Poll()
    {
        if (_writing.HasEnded)
        {
            Join();
        }

        // Short epochs before a long one do not wait for its end.
        if (_captured is not null && !_writing.IsRunning && IsDue)
        {
            StartWriting();
        }
    }

    /// <summary>Keeps the network's current weights as the best so far. Must be called before <see cref="Save"/>.</summary>
    public void KeepBest()
    {
        SafetensorsDraft best = weights.Describe();
        if (IsAtEnd || !Fits())
        {
            Join();
            _folder.PrepareBest(best);
        }
        else
        {
            _best = CapturedDraft.Of(best);
        }
    }

    /// <summary>A file with the best weights so far, for the end of a run. <see cref="KeepBest"/> must have been called.</summary>
    public string BestFile()
    {
        Join();
        if (!_folder.HasPreparedBest && _captured?.Best is { } best)
        {
            _folder.PrepareBest(best);
        }

        return _folder.BestFile;
    }

    /// <summary>
    /// Captures a finished epoch and, if it is due, starts writing it. At the end of the job, or if a copy would exceed
    /// <see cref="TrainingOptions.CheckpointMemoryBytes"/>, it is on disk when this returns.
    /// </summary>
    /// <exception cref="TrainingException">This checkpoint or the previous one could not be written.</exception>
    public void Save(EpochResult result)
    {
        // At most one checkpoint is pending.
        Join();
        _waiting.Add(result);
        if (IsAtEnd || !Fits())
        {
            SaveNow();
            return;
        }

        Capture();
        if (IsDue)
        {
            StartWriting();
        }
    }

    /// <summary>Writes the current state, in the middle of an epoch or not; all finished epochs are reported when this returns.</summary>
    /// <exception cref="TrainingException">A checkpoint could not be written.</exception>
    public void SaveNow()
    {
        Join();
        using CapturedCheckpoint? captured = Take(ref _captured);
        Write(state.Describe(), _folder.HasPreparedBest ? null : captured?.Best, Position);
    }

    /// <summary>
    /// Writes the captured epoch of a training that failed, whose current state is unusable: all finished epochs are reported when this returns. Does
    /// nothing if an earlier checkpoint could not be written.
    /// </summary>
    /// <exception cref="TrainingException">A checkpoint could not be written.</exception>
    public void Flush()
    {
        if (_hasFailed)
        {
            return;
        }

        Join();

        // The prepared weights belong to an epoch that has not ended.
        _folder.DiscardBest();
        using CapturedCheckpoint? captured = Take(ref _captured);
        if (captured is not null)
        {
            Write(captured.Checkpoint, captured.Best, captured.Position);
        }
    }

    /// <summary>Reports all finished epochs of a cancelled training, without writing those that are only captured. Does nothing after a failed write.</summary>
    /// <exception cref="TrainingException">The checkpoint in progress could not be written.</exception>
    public void ReportUnsaved()
    {
        if (!_hasFailed)
        {
            Join();
            _folder.DiscardBest();
            Tell(ref _waiting);
        }
    }

    /// <summary>Waits for the write in progress, so that nothing changes in the folder afterwards.</summary>
    public void Dispose()
    {
        try
        {
            _writing.Join();
        }
        catch (TrainingException)
        {
            // Reported already: every end of a training joins first.
        }

        _captured?.Dispose();
        _best?.Dispose();
    }

    private static CapturedCheckpoint? Take(ref CapturedCheckpoint? captured)
    {
        CapturedCheckpoint? taken = captured;
        captured = null;
        return taken;
    }

    /// <summary>Whether copies of the state and of the best weights fit into the memory limit.</summary>
    private bool Fits() =>
        state.Describe().Bytes + weights.Describe().Bytes <= (options.CheckpointMemoryBytes ?? TrainingOptions.DefaultCheckpointMemoryBytes);

    private void Capture()
    {
        // Pruning happens after the best weights are kept.
        CapturedDraft? same = PruningPlan.PrunedAfter(job.Hyperparameters) == progress.State.Epoch ? null : _best;

        // The previous copy is disposed first, so that two never exist at the same time.
        _best ??= _captured?.TakeBest();
        Take(ref _captured)?.Dispose();
        CapturedDraft checkpoint = CapturedDraft.Of(
            state.Describe(), name => state.ResultName(name) is { } result ? same?.Find(result) : null);
        _captured = new CapturedCheckpoint(checkpoint, _best, Position);
        _best = null;
    }

    private void StartWriting()
    {
        CapturedCheckpoint captured = Take(ref _captured)!;
        (_inWriting, _waiting) = (_waiting, []);
        _lastCheckpoint = time.GetTimestamp();
        _writing.Start(() =>
        {
            using (captured)
            {
                _folder.Save(captured.Checkpoint, captured.Best, captured.Position);
            }
        });
    }

    private void Write(SafetensorsDraft checkpoint, SafetensorsDraft? best, string position)
    {
        try
        {
            _folder.Save(checkpoint, best, position);
        }
        catch
        {
            _hasFailed = true;
            throw;
        }

        _lastCheckpoint = time.GetTimestamp();
        Tell(ref _waiting);
    }

    private void Join()
    {
        try
        {
            _writing.Join();
        }
        catch
        {
            _hasFailed = true;
            throw;
        }

        Tell(ref _inWriting);
    }

    private void Tell(ref List<EpochResult> epochs)
    {
        List<EpochResult> finished = epochs;
        epochs = [];
        foreach (EpochResult epoch in finished)
        {
            listener.OnEpochFinished(epoch);
        }
    }
}
