using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>
/// Saves what epochs come to while the next ones train. At its end, an epoch is copied in memory; the copy is written by another thread, one at a time.
/// Epochs that follow a checkpoint within <see cref="TrainingOptions.CheckpointSeconds"/> wait for the next one. An epoch is told as finished once a
/// checkpoint that holds it is on the disk, in order, by the thread that trains. All calls come from that thread.
/// </summary>
internal sealed class CheckpointKeeper(TrainingSession session, ITrainingListener listener, TrainingOptions options, TimeProvider time) : IDisposable
{
    private readonly CheckpointFolder _folder = new(session.Job.Folder);
    private readonly BackgroundWork _writing = new();

    /// <summary>The epochs in the checkpoint that is being written, and those after it.</summary>
    private List<EpochResult> _inWriting = [];
    private List<EpochResult> _waiting = [];

    /// <summary>The last finished epoch, where it is not being written yet.</summary>
    private CapturedCheckpoint? _captured;

    /// <summary>The best weights that the epoch that is being closed has or takes over, until it is captured.</summary>
    private CapturedDraft? _best;
    private long? _lastCheckpoint;
    private bool _hasFailed;

    private bool IsAtEnd => session.State.Epoch >= session.Job.Epochs.Last || session.IsRunFinished;

    private bool IsDue => _lastCheckpoint is not { } last || time.GetElapsedTime(last).TotalSeconds >= options.CheckpointSeconds;

    private string Position => $"epoch {session.State.Epoch}, iteration {session.State.Iteration}";

    /// <summary>Tells the epochs whose checkpoint has come to the disk, and has those written that have waited for long enough. Does not wait.</summary>
    /// <exception cref="TrainingException">It could not be written.</exception>
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

    /// <summary>The session's weights are the best so far: keeps them as they are now. Comes before <see cref="Save"/>.</summary>
    public void KeepBest()
    {
        SafetensorsDraft best = WeightsFile.Describe(session);
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

    /// <summary>A file with the best weights so far. For the end of a run, once <see cref="KeepBest"/> has been called.</summary>
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
    /// An epoch has ended: captures it and, if it is time, has it written. At the end of the job, and where a copy would not fit into
    /// <see cref="TrainingOptions.CheckpointMemoryBytes"/>, it is on the disk when this returns.
    /// </summary>
    /// <exception cref="TrainingException">A checkpoint could not be written: this one or the one before.</exception>
    public void Save(EpochResult result)
    {
        // At most one behind.
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

    /// <summary>Writes where the session stands now, in the middle of an epoch or not; all finished epochs are told when this returns.</summary>
    /// <exception cref="TrainingException">A checkpoint could not be written.</exception>
    public void SaveNow()
    {
        Join();
        using CapturedCheckpoint? captured = Take(ref _captured);
        Write(RunCheckpoint.Describe(session), _folder.HasPreparedBest ? null : captured?.Best, Position);
    }

    /// <summary>
    /// Writes what is captured, for a training that ends without being able to say where it stands: all finished epochs are told when this returns. Does
    /// nothing where a checkpoint could not be written before.
    /// </summary>
    /// <exception cref="TrainingException">A checkpoint could not be written.</exception>
    public void Flush()
    {
        if (_hasFailed)
        {
            return;
        }

        Join();

        // What was prepared is of an epoch that has not ended.
        _folder.DiscardBest();
        using CapturedCheckpoint? captured = Take(ref _captured);
        if (captured is not null)
        {
            Write(captured.Checkpoint, captured.Best, captured.Position);
        }
    }

    /// <summary>Waits for what is being written, so that nothing changes in the folder afterwards.</summary>
    public void Dispose()
    {
        try
        {
            _writing.Join();
        }
        catch (TrainingException)
        {
            // Told already: everything that ends a training joins first.
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

    /// <summary>Whether a copy of the state, and one of the best weights, may be made.</summary>
    private bool Fits() =>
        RunCheckpoint.Describe(session).Bytes + WeightsFile.Describe(session).Bytes <= (options.CheckpointMemoryBytes ?? TrainingOptions.DefaultCheckpointMemoryBytes);

    private void Capture()
    {
        // Pruning comes after the best weights are kept.
        CapturedDraft? same = PruningPlan.PrunedAfter(session.Settings) == session.State.Epoch ? null : _best;

        // The one before goes first, so that there are never two copies at a time.
        _best ??= _captured?.TakeBest();
        Take(ref _captured)?.Dispose();
        CapturedDraft checkpoint = CapturedDraft.Of(
            RunCheckpoint.Describe(session), name => RunCheckpoint.ResultName(session, name) is { } result ? same?.Find(result) : null);
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
