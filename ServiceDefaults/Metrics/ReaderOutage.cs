using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>Tells of an outage once, however often a reader tries again.</summary>
internal sealed class ReaderOutage(ILogger logger)
{
    private bool _lasts;

    public void Begin(Exception exception)
    {
        if (!_lasts)
        {
            logger.LogWarning("The metric stream cannot be read ({Problem}); trying again until it can", exception.Message);
        }

        _lasts = true;
    }

    public void End()
    {
        if (_lasts)
        {
            logger.LogInformation("The metric stream can be read again");
        }

        _lasts = false;
    }
}
