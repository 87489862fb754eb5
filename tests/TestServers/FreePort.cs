using System.Net;
using System.Net.Sockets;

namespace Experiments.TestServers;

/// <summary>Free ports of this machine.</summary>
public static class FreePort
{
    /// <summary>Picked by the system; another process could take it before it is used, which is rare because the system cycles through its range.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
