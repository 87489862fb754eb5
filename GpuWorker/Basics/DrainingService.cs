namespace Experiments.GpuWorker.Basics;

/// <summary>A background service that drains its queue when the worker stops, for as long as the host allows.</summary>
public abstract class DrainingService : BackgroundService
{
    private readonly CancellationTokenSource _giveUp = new();

    protected DrainingService() => GiveUp = _giveUp.Token;

    /// <summary>Cancelled when there is no time left; the token of <see cref="BackgroundService.ExecuteAsync"/> would end the sending too early.</summary>
    protected CancellationToken GiveUp { get; }

    /// <summary>Drains the queue until <paramref name="cancellationToken"/> is cancelled.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Close();
        await using CancellationTokenRegistration registration = cancellationToken.Register(_giveUp.Cancel);
        if (ExecuteTask is { } sending)
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the queue: the service ends when it is drained.</summary>
    protected abstract void Close();
}
