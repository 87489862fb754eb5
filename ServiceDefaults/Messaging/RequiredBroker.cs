using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>For services that are useless with an in-memory bus.</summary>
public static class RequiredBroker
{
    /// <summary>Makes the start fail with a clear message when <c>ConnectionStrings:rabbitmq</c> is not set.</summary>
    public static void RequireBroker(this IHostApplicationBuilder builder)
    {
        bool isMissing = string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(ResourceNames.RabbitMq));
        builder.Services.AddHostedService(_ => new Check(isMissing));
    }

    private sealed class Check(bool isMissing) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => isMissing
            ? throw new ServiceConfigurationException(
                $"ConnectionStrings:{ResourceNames.RabbitMq} is not set, and without a broker no other service can reach this one; "
                + "it should read amqp://user:password@host:port")
            : Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
