using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Tests.Messaging;

public sealed class InMemoryBusTests : MessageBusConformance
{
    protected override string? ConnectionString => null;

    protected override string HealthCheckName => MessageBus.InMemoryHealthCheck;

    [Fact]
    public void AddMessageBus_Twice_IsRefused()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddMessageBus(_ => { });

        Assert.Throws<InvalidOperationException>(() => builder.AddMessageBus(_ => { }));
    }
}
