using System.Text.RegularExpressions;
using Experiments.TestServers;
using YamlDotNet.RepresentationModel;

namespace Experiments.AppHost.Tests.Deploy;

/// <summary>Every setting in the files of deploy is read by its service, according to the table in docs/operating.md.</summary>
public sealed partial class DeploySettingsTests
{
    private static readonly string Folder = Path.Combine(SettingsTable.Repository(), "deploy");

    [Theory]
    [InlineData("orchestrator", SettingsTable.Orchestrator)]
    [InlineData("worker-cpu", SettingsTable.Worker)]
    [InlineData("worker-gpu", SettingsTable.Worker)]
    [InlineData("dashboard", SettingsTable.Dashboard)]
    public void Compose_Environment_HoldsWhatTheServiceReads(string name, string service)
    {
        var services = (YamlMappingNode)Load("compose.yaml").Single().RootNode["services"];

        AssertRead(service, Keys(services[name]["environment"]));
    }

    [Theory]
    [InlineData("base/orchestrator.yaml", SettingsTable.Orchestrator)]
    [InlineData("base/dashboard.yaml", SettingsTable.Dashboard)]
    [InlineData("cpu/worker.yaml", SettingsTable.Worker)]
    [InlineData("gpu/worker.yaml", SettingsTable.Worker)]
    public void Kubernetes_Environment_HoldsWhatTheServiceReads(string file, string service)
    {
        YamlNode workload = Load(Path.Combine("kubernetes", file)).Select(document => document.RootNode).Single(node => node["kind"].ToString() is "Deployment" or "StatefulSet");
        var environment = (YamlSequenceNode)workload["spec"]["template"]["spec"]["containers"][0]["env"];

        AssertRead(service, environment.Select(variable => variable["name"].ToString()));
    }

    [Theory]
    [InlineData("orchestrator", SettingsTable.Orchestrator)]
    [InlineData("worker", SettingsTable.Worker)]
    [InlineData("dashboard", SettingsTable.Dashboard)]
    public void Dockerfile_Environment_HoldsWhatTheServiceReads(string name, string service)
    {
        string text = File.ReadAllText(Path.Combine(Folder, "docker", $"{name}.Dockerfile"));
        string environment = text[text.IndexOf("\nENV", StringComparison.Ordinal)..text.IndexOf("\nEXPOSE", StringComparison.Ordinal)];

        AssertRead(service, Variable().Matches(environment).Select(match => match.Groups[1].Value));
    }

    private static void AssertRead(string service, IEnumerable<string> variables) =>
        Assert.DoesNotContain(variables, variable => !SettingsTable.IsOfThePlatform(variable) && !SettingsTable.IsReadBy(service, variable));

    /// <summary>The mapping with its merge keys (<c>&lt;&lt;</c>) applied.</summary>
    private static IEnumerable<string> Keys(YamlNode mapping) => ((YamlMappingNode)mapping).SelectMany(
        entry => entry.Key.ToString() == "<<" ? Keys(entry.Value) : [entry.Key.ToString()]);

    private static IList<YamlDocument> Load(string file)
    {
        var yaml = new YamlStream();
        using var text = new StreamReader(Path.Combine(Folder, file));
        yaml.Load(text);
        return yaml.Documents;
    }

    [GeneratedRegex(@"(?:^|\s)([A-Za-z_][A-Za-z0-9_]*)=")]
    private static partial Regex Variable();
}
