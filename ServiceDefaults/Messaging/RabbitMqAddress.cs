using System.Globalization;
using Experiments.ServiceDefaults.Hosting;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>The address of a broker as Aspire and RabbitMQ's own clients write it: <c>amqp://user:password@host:port/vhost</c>.</summary>
internal static class RabbitMqAddress
{
    /// <summary>The scheme of addresses with TLS.</summary>
    public const string TlsScheme = "amqps";

    /// <exception cref="ServiceConfigurationException">It is not such an address.</exception>
    public static Uri Parse(string connectionString)
    {
        if (Uri.TryCreate(connectionString, UriKind.Absolute, out Uri? address)
            && address.Scheme is "amqp" or TlsScheme
            && address.Host.Length > 0)
        {
            return address;
        }

        // The text is not quoted: it may hold a password.
        throw new ServiceConfigurationException(
            $"ConnectionStrings:{ResourceNames.RabbitMq} is not the address of a RabbitMQ broker; "
            + "it should read amqp://user:password@host:port or amqps://user:password@host:port.");
    }

    /// <summary>Only host and port, for messages.</summary>
    public static string Describe(string connectionString)
    {
        (string host, int port) = EndpointOf(connectionString);
        return string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
    }

    public static (string Host, int Port) EndpointOf(string connectionString)
    {
        Uri address = Parse(connectionString);
        int defaultPort = address.Scheme == TlsScheme ? 5671 : 5672;
        return (address.Host, address.Port > 0 ? address.Port : defaultPort);
    }
}
