using Experiments.ServiceDefaults.Tests.Messaging;
using Experiments.TestServers;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace Experiments.ServiceDefaults.Tests.Messaging;

/// <summary>One broker for all tests that do not stop it.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private PrivateRabbitMq? _broker;

    public PrivateRabbitMq Broker => _broker ?? throw new InvalidOperationException("RabbitMQ was not started");

    public async ValueTask InitializeAsync() => _broker = await PrivateRabbitMq.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }
}
