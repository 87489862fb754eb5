using System.Security.Claims;
using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Experiments.Dashboard.Login;

/// <summary>The cookie of a signed-in user. It holds the token, encrypted with ASP.NET Core's data protection.</summary>
internal static class SessionCookie
{
    private const string Name = "experiments-session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Addresses that scripts and downloads ask for: a page to sign in would be the wrong answer.</summary>
    private static readonly string[] ProgramPaths = ["/_blazor", "/download"];

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = LoginEndpoints.Path;
        options.ReturnUrlParameter = LoginEndpoints.ReturnUrl;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = AskToSignInAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>A revoked token signs its user out with the next request.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        TokenChecks checks = context.HttpContext.RequestServices.GetRequiredService<TokenChecks>();
        if (context.Principal is null
            || Session.TokenOf(context.Principal) is not { } token
            || (await checks.CheckAsync(token, context.HttpContext.RequestAborted)).IsRejected)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(AccessRegistration.SessionScheme);
            return;
        }

        Session.SetAddress((ClaimsIdentity)context.Principal.Identity!, context.HttpContext.Connection.RemoteIpAddress?.ToString());
    }

    private static Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ProgramPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
