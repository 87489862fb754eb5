namespace Experiments.GpuWorker.Jobs;

/// <summary>What the trainer tells while it works. Calls come from the training thread, in order, and must return at once.</summary>
public interface ITrainingListener
{
    /// <param name="step">Finished epochs, or finished iterations for <c>batch/…</c>.</param>
    void OnMetric(string name, long step, double value);

    /// <summary>
    /// An epoch has been trained and measured, and its metrics have been told. It is not on the disk yet: <see cref="OnEpochFinished"/> follows once it is, unless the
    /// process dies before.
    /// </summary>
    void OnEpochTrained(EpochResult result);

    /// <summary>
    /// An epoch is finished and its checkpoint, or that of a later epoch, is stored: no file in the job's folder changes until this returns. The last epoch of a run carries the <c>test/…</c> metrics as well. An attempt that resumes
    /// tells the last finished epoch of its checkpoint once more, because the attempt before may have died before it could: take each epoch once.
    /// </summary>
    void OnEpochFinished(EpochResult result);
}

/// <param name="Epoch">Finished epochs.</param>
/// <param name="Iteration">Finished iterations since the run began.</param>
/// <param name="Metrics">All metrics of the epoch by name.</param>
public sealed record EpochResult(int Epoch, long Iteration, IReadOnlyDictionary<string, double> Metrics);
