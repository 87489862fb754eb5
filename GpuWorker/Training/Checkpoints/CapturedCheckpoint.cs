using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>The state of a run at the end of an epoch, as copies in main memory. Owns them.</summary>
/// <param name="checkpoint">The whole state.</param>
/// <param name="best">The best weights up to then, if they are not on disk yet.</param>
/// <param name="position">For messages.</param>
internal sealed class CapturedCheckpoint(CapturedDraft checkpoint, CapturedDraft? best, string position) : IDisposable
{
    private CapturedDraft? _best = best;

    public SafetensorsDraft Checkpoint => checkpoint.Draft;

    public SafetensorsDraft? Best => _best?.Draft;

    public string Position => position;

    /// <summary>Transfers the best weights to the caller; null if there are none.</summary>
    public CapturedDraft? TakeBest()
    {
        CapturedDraft? taken = _best;
        _best = null;
        return taken;
    }

    public void Dispose()
    {
        checkpoint.Dispose();
        _best?.Dispose();
    }
}
