using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.Dashboard.Login;

/// <summary>Adds sign-in with a token, where callers are identified.</summary>
internal static class LoginRegistration
{
    public static void AddLogin(this WebApplicationBuilder builder)
    {
        if (builder.AddAccess(AccessRegistration.SessionScheme) is not { } authentication)
        {
            return;
        }

        authentication.AddCookie(AccessRegistration.SessionScheme, SessionCookie.Configure);
        builder.Services.TryAddSingleton<FailedLogins>();
        builder.Services.AddSingleton<OpenSessions>();
        builder.Services.AddSingleton<TokenChecks>();
        builder.Services.AddScoped<CircuitHandler, SessionCircuit>();
    }

    /// <summary>Calls the Orchestrator in the name of the user of the request.</summary>
    public static void UseSessions(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.User.Identity?.AuthenticationType == AccessRegistration.SessionScheme)
        {
            context.RequestServices.GetRequiredService<Session>().Begin(context.User);
        }

        return next(context);
    });
}
