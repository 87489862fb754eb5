using System.Reflection;

namespace Experiments.AppHost.Commands;

/// <summary>The build configuration of this program and the services.</summary>
internal static class BuildConfiguration
{
    public static string Name { get; } =
        typeof(BuildConfiguration).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
}
