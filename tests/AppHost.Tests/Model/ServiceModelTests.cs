using Aspire.Hosting.ApplicationModel;

namespace Experiments.AppHost.Tests.Model;

public sealed class ServiceModelTests
{
    private static readonly string[] Arguments = ["--Servers=containers", "--Workers:Gpus=0", "--Workers:Spare=0"];

    [Fact]
    public async Task Orchestrator_Model_WaitsForItsServersAndOffersItsCommands()
    {
        await using AppModel model = await AppModel.CreateAsync(Arguments);

        IReadOnlyDictionary<string, string> environment = await model.EnvironmentOfAsync("orchestrator");
        Assert.Equal("{rabbitmq.connectionString}", environment["ConnectionStrings__rabbitmq"]);
        Assert.Equal("{redis.connectionString}", environment["ConnectionStrings__redis"]);
        Assert.Equal(Path.Combine(environment["Storage__Root"], "artifacts"), environment["Artifacts__Root"]);
        Assert.Superset(new HashSet<string> { "rabbitmq", "redis" }, model.WaitsOf("orchestrator").ToHashSet());
        Assert.Superset(new HashSet<string> { "launch-quickstart", "backup" }, model.CommandsOf("orchestrator").ToHashSet());
        Assert.Single(model.EndpointsOf("orchestrator"), endpoint => endpoint.UriScheme == "http");
    }

    [Fact]
    public async Task Dashboard_Model_FindsTheOrchestratorAndTheStream()
    {
        await using AppModel model = await AppModel.CreateAsync(Arguments);

        IReadOnlyDictionary<string, string> environment = await model.EnvironmentOfAsync("dashboard");
        Assert.Equal("{orchestrator.bindings.http.url}", environment["services__orchestrator__http__0"]);
        Assert.Equal("{redis.connectionString}", environment["ConnectionStrings__redis"]);
        Assert.DoesNotContain("ConnectionStrings__rabbitmq", environment.Keys);
        Assert.Contains("orchestrator", model.WaitsOf("dashboard"));
    }

    [Fact]
    public async Task Services_Model_AreNotBuiltAgainWhenTheyStart()
    {
        await using AppModel model = await AppModel.CreateAsync(Arguments);

        Assert.Equal(["dashboard", "orchestrator", "worker-cpu0"], model.Services.Select(service => service.Name).Order());
        Assert.All(model.Services, service => Assert.True(service.GetProjectMetadata().SuppressBuild));
    }
}
