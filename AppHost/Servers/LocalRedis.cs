using System.Globalization;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Servers;

/// <summary>Runs the Redis installed on this machine, with its data below the storage folder.</summary>
internal sealed class LocalRedis(string program, string folder)
    : ExecutableResource(Names.Redis, program, folder), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{this.GetEndpoint(LocalServer.Endpoint).Property(EndpointProperty.Host)}:{this.GetEndpoint(LocalServer.Endpoint).Property(EndpointProperty.Port)}");
}

internal static class LocalRedisRegistration
{
    public static IResourceBuilder<LocalRedis> AddLocalRedis(this IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        string folder = Path.Combine(settings.StorageRoot, "servers", "redis");
        Directory.CreateDirectory(folder);
        int port = LocalServer.FreePort();
        return builder
            .AddResource(new LocalRedis(InstalledPrograms.Redis!, folder))
            .WithArgs("--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "10 100", "--appendonly", "no")
            .WithOwnPort(port)
            .ExcludeFromManifest();
    }
}
