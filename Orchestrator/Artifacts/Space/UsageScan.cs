namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>Measures all artifacts at startup and then at long intervals, to find changes that no event reported.</summary>
internal sealed class UsageScan(ArtifactUsage usage, TimeProvider time, ILogger<UsageScan> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                usage.MeasureAll(stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogError(exception, "The artifacts could not be measured; retrying in {Interval}", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
