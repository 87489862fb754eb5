using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Whether the broker answers, as <see cref="BrokerWatch"/> last saw it.</summary>
internal sealed class BrokerState
{
    public volatile bool IsUp;

    /// <summary>
    /// While the broker is unreachable, MassTransit logs every connection attempt of every endpoint with three stack traces; the watch's
    /// one line is enough. Errors are never suppressed.
    /// </summary>
    public void QuietMassTransitWhileDown(IHostApplicationBuilder builder) =>
        builder.Logging.AddFilter("MassTransit", level => level >= (IsUp ? LogLevel.Information : LogLevel.Error));
}
