using System.Reflection;

namespace Experiments.AppHost.Commands;

/// <summary>The configuration that this program and the services were built in.</summary>
internal static class BuildConfiguration
{
    public static string Name { get; } =
        typeof(BuildConfiguration).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
}
