using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Access;

/// <summary>Stores when tokens were last used, at most once a minute, and ends what is open with expired ones.</summary>
internal sealed class TokenUpkeep(TokenTable tokens, StateWriter writer, TimeProvider time, ILogger<TokenUpkeep> logger) : BackgroundService
{
    /// <summary>How long a stream may outlive its token.</summary>
    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromSeconds(10);

    private const int IntervalsPerStore = 6;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await StoreAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ExpiryInterval, time);
        for (int tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            tokens.EndExpired();
            if (tick % IntervalsPerStore == 0)
            {
                await StoreAsync(stoppingToken);
            }
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        (string Id, DateTimeOffset At)[] uses =
            [.. tokens.All.Select(token => (token.Id, At: token.TakeUnstoredUse())).Where(use => use.At is not null).Select(use => (use.Id, use.At!.Value))];
        if (uses.Length == 0)
        {
            return;
        }

        try
        {
            await writer.WriteAsync(
                async unit =>
                {
                    foreach ((string id, DateTimeOffset at) in uses)
                    {
                        await unit.Db.AccessTokens.Where(token => token.Id == id)
                            .ExecuteUpdateAsync(token => token.SetProperty(t => t.LastUsedAt, at), unit.CancellationToken);
                    }
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "When {Count} tokens were last used could not be stored", uses.Length);
        }
    }
}
