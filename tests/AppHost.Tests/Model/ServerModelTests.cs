using Aspire.Hosting.ApplicationModel;
using Experiments.AppHost.Servers;

namespace Experiments.AppHost.Tests.Model;

public sealed class ServerModelTests
{
    private const string Broker = "amqp://user:password@broker:5672";
    private const string Redis = "redis-host:6379";

    [Fact]
    public async Task Servers_Containers_AreTheImagesOfAspire()
    {
        await using AppModel model = await AppModel.CreateAsync("--Servers=containers", "--Workers:Gpus=0");

        Assert.IsType<RabbitMQServerResource>(model.Get("rabbitmq"));
        Assert.IsType<RedisResource>(model.Get("redis"));
        Assert.Contains(model.EndpointsOf("rabbitmq"), endpoint => endpoint.Name == "management");
        Assert.DoesNotContain("epmd", model.Names);
    }

    [Fact]
    public async Task Servers_Local_ListenOnThisMachineAloneWithoutAProxy()
    {
        await using AppModel model = await AppModel.CreateAsync("--Servers=local", "--Workers:Gpus=0");

        Assert.IsType<LocalRabbitMq>(model.Get("rabbitmq"));
        Assert.IsType<LocalRedis>(model.Get("redis"));
        Assert.Equal("rabbitmq", model.ParentOf("epmd"));
        Assert.Contains("epmd", model.WaitsOf("rabbitmq"));
        EndpointAnnotation[] endpoints = [.. model.EndpointsOf("rabbitmq"), .. model.EndpointsOf("redis"), .. model.EndpointsOf("epmd")];
        Assert.Equal(4, endpoints.Select(endpoint => endpoint.Port!.Value).Distinct().Count());
        Assert.All(endpoints, endpoint => Assert.False(endpoint.IsProxied));
        Assert.Equal("127.0.0.1", (await model.EnvironmentOfAsync("rabbitmq"))["RABBITMQ_NODE_IP_ADDRESS"]);
    }

    [Fact]
    public async Task Servers_Given_AreNotStarted()
    {
        await using AppModel model = await AppModel.CreateAsync(
            "--Workers:Gpus=0", $"--ConnectionStrings:rabbitmq={Broker}", $"--ConnectionStrings:redis={Redis}");

        Assert.IsType<ParameterResource>(model.Get("rabbitmq"), exactMatch: false);
        Assert.IsType<ParameterResource>(model.Get("redis"), exactMatch: false);
    }

    [Fact]
    public async Task Servers_OneGiven_WinsOverWhatIsChosenForTheOther()
    {
        await using AppModel model = await AppModel.CreateAsync("--Servers=containers", "--Workers:Gpus=0", $"--ConnectionStrings:redis={Redis}");

        Assert.IsType<RabbitMQServerResource>(model.Get("rabbitmq"));
        Assert.IsType<ParameterResource>(model.Get("redis"), exactMatch: false);
    }
}
