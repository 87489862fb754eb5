using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Discovery;

/// <summary>Where clients find the Orchestrator: by service discovery (<c>services:orchestrator:https:0</c>, <c>services:orchestrator:http:0</c>), else on this machine.</summary>
public static class OrchestratorAddress
{
    private const string Default = "http://localhost:5081";

    /// <summary>The address that service discovery resolves.</summary>
    public static Uri Discovered { get; } = new($"https+http://{ResourceNames.Orchestrator}");

    /// <summary>Without an address, the Orchestrator is expected where it listens by default.</summary>
    public static void UseDefaultOrchestratorAddress(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection($"services:{ResourceNames.Orchestrator}").Exists())
        {
            builder.Configuration[$"services:{ResourceNames.Orchestrator}:http:0"] = Default;
        }
    }
}
