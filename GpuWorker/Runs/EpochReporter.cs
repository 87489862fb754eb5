using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Reports finished epochs once their checkpoint is where the next attempt finds it, while training continues. Uploads in progress complete in
/// any case; of those that wait for them, only the newest are sent, because they contain all earlier epochs.
/// </summary>
/// <param name="attempt">The attempt being reported. Cancelling it aborts its uploads; its epochs are still reported, without files, because no attempt resumes from them.</param>
internal sealed class EpochReporter(IAttemptFiles files, RunEventSender events, RunningAttempt attempt) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _broken = new();
    private List<EpochFinished> _waiting = [];
    private IPublication? _newest;
    private Task _publishing = Task.CompletedTask;
    private bool _isPublishing;

    /// <summary>Set if files will never be accepted, so that further training is pointless; <see cref="DrainAsync"/> throws the reason.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Returns immediately. The attempt's files may be replaced afterwards.</summary>
    public void Report(EpochFinished epoch)
    {
        IPublication publication = files.Capture(AttemptFileNames.ToGoOn(files.Folder));
        lock (_gate)
        {
            _newest?.Dispose();
            _newest = publication;
            _waiting.Add(epoch);
            if (!_isPublishing)
            {
                _isPublishing = true;
                _publishing = PublishAsync();
            }
        }
    }

    /// <summary>Completes when all epochs reported so far are queued for the Orchestrator.</summary>
    /// <exception cref="ArtifactRefusedException">The files will never be accepted.</exception>
    /// <exception cref="OperationCanceledException">The attempt was directed to abandon its run.</exception>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return _publishing;
        }
    }

    public void Dispose()
    {
        _newest?.Dispose();
        _broken.Dispose();
    }

    private async Task PublishAsync()
    {
        try
        {
            while (Take() is var (publication, epochs))
            {
                using (publication)
                {
                    await SendAsync(publication);
                }

                foreach (EpochFinished epoch in epochs)
                {
                    attempt.Remember(epoch);
                    events.Enqueue(epoch);
                }
            }
        }
        catch
        {
            await _broken.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(IPublication publication)
    {
        try
        {
            await publication.PublishAsync(attempt.Cancel);
        }
        catch (OperationCanceledException) when (attempt.Directive == AttemptDirective.Cancel)
        {
            // The metrics of the epochs still belong to the run.
        }
    }

    /// <summary>The newest files, and the epochs that they cover.</summary>
    private (IPublication Files, List<EpochFinished> Epochs)? Take()
    {
        lock (_gate)
        {
            if (_newest is not { } publication)
            {
                _isPublishing = false;
                return null;
            }

            List<EpochFinished> epochs = _waiting;
            _newest = null;
            _waiting = [];
            return (publication, epochs);
        }
    }
}
