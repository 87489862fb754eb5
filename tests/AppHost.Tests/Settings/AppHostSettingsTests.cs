using Aspire.Hosting;
using Experiments.AppHost.Servers;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Tests.Settings;

public sealed class AppHostSettingsTests
{
    [Theory]
    [InlineData("--Servers=docker", "Servers is \"docker\"; allowed: containers, local, given")]
    [InlineData("--Servers=1", "Servers is \"1\"")]
    [InlineData("--Workers:Cpu=two", "Workers:Cpu is \"two\"; allowed: a number from 0 to 64.")]
    [InlineData("--Workers:Gpus=-1", "Workers:Gpus is \"-1\"")]
    [InlineData("--Workers:PerGpu=0", "Workers:PerGpu is \"0\"; allowed: a number from 1 to 64.")]
    public void Read_AValueThatIsNotAllowed_QuotesItAndSaysWhatIs(string argument, string message)
    {
        var exception = Assert.Throws<AppHostSettingsException>(() => AppHostSettings.Read(DistributedApplication.CreateBuilder([argument])));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingSet_OneWorkerWhereThereIsNoGpu()
    {
        AppHostSettings settings = AppHostSettings.Read(DistributedApplication.CreateBuilder(["--Workers:Gpus=0"]));

        Assert.Equal((ServerSource.Automatic, 1, 2), (settings.Servers, settings.CpuWorkers, settings.SpareWorkers));
        Assert.Equal(Path.Combine(settings.StorageRoot, "artifacts"), settings.ArtifactsRoot);
    }

    [Fact]
    public async Task Plan_GivenWithoutAConnectionString_SaysWhichAndHow()
    {
        IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(["--Servers=given", "--ConnectionStrings:redis=redis-host"]);

        var exception = await Assert.ThrowsAsync<AppHostSettingsException>(() => ServerPlan.MakeAsync(builder, AppHostSettings.Read(builder)));

        Assert.Contains("ConnectionStrings__rabbitmq=amqp://user:password@host:5672", exception.Message, StringComparison.Ordinal);
    }
}
