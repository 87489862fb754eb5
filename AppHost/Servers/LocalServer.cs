using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.AppHost.Servers;

/// <summary>Shared parts of the servers that are started as local programs.</summary>
internal static class LocalServer
{
    /// <summary>The name of the endpoint.</summary>
    public const string Endpoint = "tcp";

    private const string Host = "127.0.0.1";

    /// <summary>A free port of this machine; the system cycles through its range, so another process rarely takes it before it is used.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server listens on the port itself, without Aspire's proxy, and is healthy once it accepts connections.</summary>
    public static IResourceBuilder<T> WithOwnPort<T>(this IResourceBuilder<T> server, int port)
        where T : ExecutableResource
    {
        string check = $"{server.Resource.Name}-{Endpoint}";
        server.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(check, cancellationToken => CheckAsync(port, cancellationToken));
        return server
            .WithEndpoint(Endpoint, endpoint =>
            {
                endpoint.Port = port;
                endpoint.TargetPort = port;
                endpoint.TargetHost = Host;
                endpoint.IsProxied = false;
            })
            .WithUrlForEndpoint(Endpoint, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithHealthCheck(check);
    }

    private static async Task<HealthCheckResult> CheckAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Host, port, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException exception)
        {
            return HealthCheckResult.Unhealthy($"{Host}:{port} does not answer yet ({exception.SocketErrorCode})");
        }
    }
}
