using System.Globalization;

namespace Experiments.AppHost.Tests.Model;

public sealed class WorkerModelTests
{
    public static TheoryData<string, string> Devices => new()
    {
        { "--Workers:Gpus=0", "worker-cpu0=" },
        { "--Workers:Gpus=0 --Workers:Cpu=2", "worker-cpu0= worker-cpu1=" },
        { "--Workers:Gpus=1", "worker-gpu0=0" },
        { "--Workers:Gpus=1 --Workers:PerGpu=2 --Workers:Cpu=1", "worker-cpu0= worker-gpu0=0 worker-gpu0-2=0" },
        { "--Workers:Gpus=4", "worker-gpu0=0 worker-gpu1=1 worker-gpu2=2 worker-gpu3=3" },
    };

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Workers_Model_EachSeesItsOwnDeviceAlone(string arguments, string expected)
    {
        await using AppModel model = await AppModel.CreateAsync(["--Servers=containers", "--Workers:Spare=0", .. arguments.Split(' ')]);

        List<string> workers = [];
        foreach (string name in model.Services.Select(service => service.Name).Where(name => name.StartsWith("worker-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            IReadOnlyDictionary<string, string> environment = await model.EnvironmentOfAsync(name);
            string gpu = environment["CUDA_VISIBLE_DEVICES"];
            workers.Add($"{name}={gpu}");
            Assert.Equal(name, environment["Worker__Id"]);
            Assert.Equal(gpu.Length == 0 ? "cpu" : "cuda:0", environment["Worker__Device"]);
            Assert.Equal(gpu.Length == 0, environment.ContainsKey("Worker__Threads"));
        }

        Assert.Equal(expected.Split(' '), workers);
    }

    [Fact]
    public async Task Workers_OnTheCpu_ShareItsCores()
    {
        await using AppModel model = await AppModel.CreateAsync("--Servers=containers", "--Workers:Gpus=0", "--Workers:Cpu=2", "--Workers:Spare=1");

        string share = Math.Max(1, Environment.ProcessorCount / 2).ToString(CultureInfo.InvariantCulture);
        foreach (string name in (string[])["worker-cpu0", "worker-cpu1", "worker-cpu2"])
        {
            Assert.Equal(share, (await model.EnvironmentOfAsync(name))["Worker__Threads"]);
        }
    }

    [Fact]
    public async Task Workers_Model_AreGroupedAndCanBeAddedAndDrained()
    {
        await using AppModel model = await AppModel.CreateAsync("--Servers=containers", "--Workers:Gpus=2", "--Workers:Spare=2");

        string[] workers = ["worker-gpu0", "worker-gpu1", "worker-gpu0-2", "worker-gpu1-2"];
        Assert.All(workers, name => Assert.Equal("workers", model.ParentOf(name)));
        Assert.All(workers, name => Assert.Superset(new HashSet<string> { "drain", "readmit" }, model.CommandsOf(name).ToHashSet()));
        Assert.All(workers, name => Assert.Superset(new HashSet<string> { "rabbitmq", "redis", "orchestrator" }, model.WaitsOf(name).ToHashSet()));
        Assert.Equal([false, false, true, true], workers.Select(model.IsStartedByHand));
        Assert.Superset(new HashSet<string> { "add-worker", "remove-worker" }, model.CommandsOf("workers").ToHashSet());
    }
}
