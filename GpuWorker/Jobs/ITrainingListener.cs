namespace Experiments.GpuWorker.Jobs;

/// <summary>Receives the events of a training. Calls come from the training thread, in order, and must return immediately.</summary>
public interface ITrainingListener
{
    /// <param name="step">Finished epochs, or finished iterations for <c>batch/…</c>.</param>
    void OnMetric(string name, long step, double value);

    /// <summary>
    /// An epoch is trained and measured, and its metrics are reported. It is not on disk yet: <see cref="OnEpochFinished"/> follows once it is, unless the
    /// process dies first.
    /// </summary>
    void OnEpochTrained(EpochResult result);

    /// <summary>
    /// An epoch is finished and its checkpoint, or that of a later epoch, is stored (unless the training is cancelled): no file in the job's folder changes until this returns. The last epoch of a run also carries the <c>test/…</c> metrics. A resumed attempt
    /// reports the last finished epoch of its checkpoint again, because the previous attempt may have died before it could: count each epoch once.
    /// </summary>
    void OnEpochFinished(EpochResult result);
}

/// <param name="Epoch">Finished epochs.</param>
/// <param name="Iteration">Finished iterations since the run began.</param>
/// <param name="Metrics">All metrics of the epoch by name.</param>
public sealed record EpochResult(int Epoch, long Iteration, IReadOnlyDictionary<string, double> Metrics);
