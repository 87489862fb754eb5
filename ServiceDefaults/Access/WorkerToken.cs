using System.Net.Http.Headers;
using Experiments.ServiceDefaults.Hosting;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Access;

/// <summary>The token with which a worker claims runs, reports and transfers files. It is sent with messages and requests, and never logged.</summary>
public static class WorkerToken
{
    /// <summary>The setting.</summary>
    public const string Key = $"{AccessOptions.Section}:Token";

    /// <summary>The header of messages on the bus.</summary>
    public const string MessageHeader = "Experiments-Token";

    /// <summary>The token of this process; null when it has none.</summary>
    public static string? Find(IConfiguration configuration) => configuration[Key]?.Trim() is { Length: > 0 } token ? token : null;

    /// <summary>Refuses to start a worker that the Orchestrator would give no runs.</summary>
    /// <exception cref="ServiceConfigurationException">Callers are identified, and the worker has no token.</exception>
    public static void RequireWorkerToken(this IHostApplicationBuilder builder)
    {
        if (AccessOptions.ModeOf(builder.Configuration) == AccessMode.Tokens && Find(builder.Configuration) is null)
        {
            throw new ServiceConfigurationException(
                $"{AccessOptions.ModeKey} is tokens, and {Key} is not set: set it to a token with the role worker, which an owner creates on the page Access of the dashboard");
        }
    }

    /// <summary>Sends the token with every message of this process.</summary>
    internal static void SendToken(this IBusFactoryConfigurator bus, string? token)
    {
        if (token is not null)
        {
            bus.ConfigureSend(send => send.UseExecute(context => context.Headers.Set(MessageHeader, token)));
            bus.ConfigurePublish(publish => publish.UseExecute(context => context.Headers.Set(MessageHeader, token)));
        }
    }

    /// <summary>Sends the token with every request of a client.</summary>
    internal sealed class Handler(string token) : DelegatingHandler
    {
        private readonly AuthenticationHeaderValue _header = new("Bearer", token);

        /// <inheritdoc/>
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = _header;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
