using Aspire.Hosting.ApplicationModel;
using Experiments.TestServers;

namespace Experiments.AppHost.Tests.Model;

/// <summary>The AppHost passes each service only settings that it reads, according to the table in docs/operating.md.</summary>
public sealed class SettingsModelTests
{
    [Theory]
    [InlineData("--Servers=containers")]
    [InlineData("--Servers=local")]
    public async Task Services_Environment_HoldsWhatTheyRead(string servers)
    {
        await using AppModel model = await AppModel.CreateAsync(servers, "--Workers:Gpus=1", "--Workers:Cpu=1");

        List<string> unread = [];
        foreach (ProjectResource service in model.Services)
        {
            string reader = service.Name switch { "orchestrator" => SettingsTable.Orchestrator, "dashboard" => SettingsTable.Dashboard, _ => SettingsTable.Worker };
            unread.AddRange((await model.EnvironmentOfAsync(service.Name)).Keys
                .Where(variable => !SettingsTable.IsOfThePlatform(variable) && !SettingsTable.IsReadBy(reader, variable))
                .Select(variable => $"{service.Name}: {variable}"));
        }

        Assert.Empty(unread);
    }
}
