using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.AppHost.Tests.Deploy;

public sealed partial class ManifestTests
{
    /// <summary>Set to 1 to write the manifest instead of comparing it.</summary>
    private const string UpdateVariable = "EXPERIMENTS_UPDATE_MANIFEST";

    private static readonly string Kept = Path.Combine(SettingsTable.Repository(), "deploy", "aspire-manifest.json");

    [Fact]
    public async Task Manifest_Published_IsTheOneThatIsCheckedIn()
    {
        using var folder = new TemporaryFolder();
        string path = folder["aspire-manifest.json"];
        string[] arguments = ["--publisher", "manifest", "--output-path", path, "--Workers:Gpus=1", "--Workers:Cpu=1"];
        await using ServiceProcess appHost = ServiceProcess.Start("AppHost", new Dictionary<string, string>(), arguments, new SystemOptions { Cancellation = TestContext.Current.CancellationToken });
        Assert.Equal(0, await appHost.ExitAsync(TimeSpan.FromMinutes(3)));

        // Paths are relative to the file's own folder.
        string published = ProjectPath().Replace(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), "\"path\": \"../$1\"");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            await File.WriteAllTextAsync(Kept, published.TrimEnd() + "\n", TestContext.Current.CancellationToken);
        }

        string kept = await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(kept), JsonNode.Parse(published)),
            $"deploy/aspire-manifest.json is not what the AppHost publishes; run this test with {UpdateVariable}=1 and look at the difference. Published:\n{published}");
    }

    [GeneratedRegex(@"""path"": ""[^""]*?([A-Za-z]+/[A-Za-z]+\.csproj)""")]
    private static partial Regex ProjectPath();
}
