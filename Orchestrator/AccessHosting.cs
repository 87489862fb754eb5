using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Audit;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator;

/// <summary>Registers tokens, their check, and the audit log.</summary>
internal static class AccessHosting
{
    public static void AddTokens(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<ConfiguredTokenOptions>().BindConfiguration(ConfiguredTokenOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConfiguredTokenOptions>, ConfiguredTokenCheck>();
        services.AddSingleton<TokenTable>();
        services.AddSingleton<IRestoredAtStart>(provider => provider.GetRequiredService<TokenTable>());
        services.TryAddSingleton<FailedLogins>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<WorkerAccess>();
        if (builder.AddAccess(AccessRegistration.TokenScheme) is { } authentication)
        {
            authentication.AddScheme<AuthenticationSchemeOptions, TokenHandler>(AccessRegistration.TokenScheme, null);
            services.AddHostedService<TokenUpkeep>();
            services.AddHostedService<FirstOwner>();
        }
    }

    /// <summary>Records changes. Around everything else, so that it sees how calls end.</summary>
    public static void UseAudit(this WebApplication app)
    {
        if (AccessOptions.ModeOf(app.Configuration) == AccessMode.Tokens)
        {
            app.UseMiddleware<AuditLog>();
        }
    }
}
