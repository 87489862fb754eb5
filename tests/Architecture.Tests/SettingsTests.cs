using System.Collections;
using System.Reflection;
using Experiments.TestServers;

namespace Experiments.Architecture.Tests;

/// <summary>The table of settings in docs/operating.md matches the classes that settings are bound to.</summary>
public sealed class SettingsTests
{
    /// <summary>Settings that are read by their key instead of being bound to a class.</summary>
    private static readonly Dictionary<string, string[]> ReadByKey = new()
    {
        ["ConnectionStrings:rabbitmq"] = [SettingsTable.Orchestrator, SettingsTable.Worker],
        ["ConnectionStrings:redis"] = [SettingsTable.Orchestrator, SettingsTable.Worker, SettingsTable.Dashboard],
        ["Aspire:StackExchange:Redis:<option>"] = [SettingsTable.Orchestrator, SettingsTable.Worker, SettingsTable.Dashboard],
        ["Artifacts:Root"] = [SettingsTable.Orchestrator, SettingsTable.Worker],
        ["Artifacts:Store"] = [SettingsTable.Worker],
        ["Access:Token"] = [SettingsTable.Worker],
        ["Access:Dashboard"] = [SettingsTable.Orchestrator],
        ["services:orchestrator:http:0"] = [SettingsTable.Worker, SettingsTable.Dashboard],
    };

    private static readonly Dictionary<string, string[]> Assemblies = new()
    {
        ["Experiments.Orchestrator"] = [SettingsTable.Orchestrator],
        ["Experiments.GpuWorker"] = [SettingsTable.Worker],
        ["Experiments.Dashboard"] = [SettingsTable.Dashboard],
        ["Experiments.ServiceDefaults"] = [SettingsTable.Orchestrator, SettingsTable.Worker, SettingsTable.Dashboard],
    };

    /// <summary>Read by the request guards of all services.</summary>
    private static readonly string[] OfHosts = ["AllowedHosts", "AllowedOrigins"];

    [Fact]
    public void Table_OfOperating_HoldsEverySettingWithTheServicesThatReadIt()
    {
        var expected = ReadByKey.Select(setting => (setting.Key, Readers: setting.Value))
            .Concat(Assemblies.SelectMany(assembly => BoundBy(Assembly.Load(assembly.Key)).Select(key => (Key: key, Readers: assembly.Value))))
            .GroupBy(setting => setting.Key, setting => setting.Readers)
            .Select(setting => $"{setting.Key}: {string.Join(", ", setting.SelectMany(readers => readers).Distinct().Order())}");

        Assert.Equal(expected.Order(), SettingsTable.Read().Where(setting => !OfHosts.Contains(setting.Key)).Select(setting => $"{setting.Key}: {string.Join(", ", setting.Value.Order())}").Order());
    }

    private static IEnumerable<string> BoundBy(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
        select $"{type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()}:{property.Name}{Suffix(property.PropertyType)}";

    private static string Suffix(Type type)
    {
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type))
        {
            return "";
        }

        return type.GenericTypeArguments.Length == 2 ? ":<name>" : ":0";
    }
}
