using Experiments.AppHost.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.AppHost.Servers;

/// <summary>Decides the source of each of the two servers. Never <see cref="ServerSource.Automatic"/>.</summary>
internal sealed record ServerPlan(ServerSource RabbitMq, ServerSource Redis)
{
    /// <exception cref="AppHostSettingsException">The requested source is not available; the message says what to install or to set.</exception>
    public static async Task<ServerPlan> MakeAsync(IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        bool isBrokerGiven = IsGiven(builder, Names.RabbitMq);
        bool isRedisGiven = IsGiven(builder, Names.Redis);
        if (isBrokerGiven && isRedisGiven)
        {
            return new ServerPlan(ServerSource.Given, ServerSource.Given);
        }

        if (settings.Servers == ServerSource.Given)
        {
            string missing = isBrokerGiven ? Names.Redis : Names.RabbitMq;
            throw new AppHostSettingsException(
                $"Servers is \"given\", but ConnectionStrings:{missing} is not set; set it, for example ConnectionStrings__{missing}="
                + (isBrokerGiven ? "host:6379." : "amqp://user:password@host:5672."));
        }

        ServerSource other = builder.ExecutionContext.IsPublishMode
            ? ServerSource.Containers
            : await ChooseAsync(settings.Servers, isBrokerGiven, isRedisGiven);
        return new ServerPlan(isBrokerGiven ? ServerSource.Given : other, isRedisGiven ? ServerSource.Given : other);
    }

    /// <summary>Null where no container engine is needed, or one answers. Without this check Aspire would wait for an engine forever.</summary>
    public async Task<string?> DescribeMissingEngineAsync(DistributedApplicationExecutionContext context)
    {
        bool isNeeded = context.IsRunMode && (RabbitMq == ServerSource.Containers || Redis == ServerSource.Containers);
        return !isNeeded || await ContainerEngine.AnswersAsync()
            ? null
            : "Servers is \"containers\", but no container engine (Docker or Podman) answers: start one, or leave Servers out to use what is installed on this machine.";
    }

    private static async Task<ServerSource> ChooseAsync(ServerSource wanted, bool isBrokerGiven, bool isRedisGiven)
    {
        if (wanted == ServerSource.Containers || (wanted == ServerSource.Automatic && await ContainerEngine.AnswersAsync()))
        {
            return ServerSource.Containers;
        }

        string[] missing = [.. InstalledPrograms.Missing(needsBroker: !isBrokerGiven, needsRedis: !isRedisGiven)];
        return missing.Length == 0
            ? ServerSource.Local
            : throw new AppHostSettingsException(
                (wanted == ServerSource.Local ? "" : "No container engine (Docker or Podman) answers, and ")
                + $"{string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} not installed: "
                + $"start a container engine, install {string.Join(" and ", missing)} (Debian and Ubuntu: apt-get install {string.Join(' ', missing)}), "
                + "or set ConnectionStrings:rabbitmq and ConnectionStrings:redis.");
    }

    private static bool IsGiven(IDistributedApplicationBuilder builder, string name) =>
        !string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name));
}
