using System.Security.Claims;
using Experiments.Dashboard.Components.Login;
using Experiments.Dashboard.Http;
using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Dashboard.Login;

/// <summary>Signs users in by a link or a form, and out.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login";
    public const string ReturnUrl = "returnUrl";

    private const string Home = "/";

    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder group = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/login", ShowAsync);
        group.MapPost("/login", SignInAsync);
        group.MapPost("/logout", (Delegate)SignOutAsync);
    }

    /// <summary>A link signs in immediately, unless it is on a page of another site: that could sign a visitor in as another user.</summary>
    private static async Task<IResult> ShowAsync(string? token, string? returnUrl, HttpContext context, TokenChecks checks, FailedLogins failures)
    {
        context.Response.Headers.CacheControl = "no-store";
        return string.IsNullOrWhiteSpace(token) || context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            ? Page(context, returnUrl, problem: null, StatusCodes.Status200OK, token)
            : await SignInAsync(token, returnUrl, context, checks, failures);
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? token, [FromForm] string? returnUrl, HttpContext context, TokenChecks checks, FailedLogins failures)
    {
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (failures.IsOverLimit(address))
        {
            return Page(context, returnUrl, "Too many failed attempts from this address. Try again in a minute.", StatusCodes.Status429TooManyRequests);
        }

        if (string.IsNullOrWhiteSpace(token))
        {
            return Page(context, returnUrl, "Enter a token.", StatusCodes.Status400BadRequest);
        }

        TokenCheck check = await checks.AskAsync(token.Trim(), context.RequestAborted);
        if (check.Me is null)
        {
            if (check.IsRejected)
            {
                failures.Add(address);
            }

            return Page(context, returnUrl, check.Problem, check.IsRejected ? StatusCodes.Status401Unauthorized : StatusCodes.Status502BadGateway);
        }

        var user = new ClaimsPrincipal(Session.IdentityOf(check.Me, token.Trim()));
        await context.SignInAsync(AccessRegistration.SessionScheme, user, new AuthenticationProperties { IsPersistent = true });
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : Home);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(AccessRegistration.SessionScheme);
        return TypedResults.LocalRedirect(Path);
    }

    private static RazorComponentResult<LoginPage> Page(HttpContext context, string? returnUrl, string? problem, int status, string? token = null)
    {
        PagePolicy.Apply(context.Response);
        return new RazorComponentResult<LoginPage>(new { ReturnUrl = IsLocal(returnUrl) ? returnUrl : null, Problem = problem, Token = token }) { StatusCode = status };
    }

    /// <summary>A path of this site, and not <c>//host</c>, which browsers read as another site.</summary>
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
