using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Experiments.ServiceDefaults;

/// <summary>Registers the stream of metric points from workers to the archive and to open pages.</summary>
public static class MetricStreamRegistration
{
    /// <summary>
    /// Adds <see cref="IMetricStream"/>: in Redis when <c>ConnectionStrings:redis</c> is set, else in memory, which all services of
    /// the process share. Idempotent.
    /// </summary>
    public static void AddMetricStream(this IHostApplicationBuilder builder)
    {
        if (!builder.Services.MarkAdded("MetricStream"))
        {
            return;
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<MetricStreamOptions>().BindConfiguration(MetricStreamOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<MetricStreamOptions>>().Value);
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(ResourceNames.Redis)))
        {
            builder.Services.AddSingleton<IMetricStream, InMemoryMetricStream>();
        }
        else
        {
            builder.AddRedis(ResourceNames.Redis);
            builder.Services.AddSingleton<IMetricStream, RedisMetricStream>();
        }
    }
}
