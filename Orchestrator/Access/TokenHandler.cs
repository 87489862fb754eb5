using System.Security.Claims;
using System.Text.Encodings.Web;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Access;

/// <summary>Authenticates calls by <c>Authorization: Bearer TOKEN</c>, and answers the others with problem details.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenTable tokens, FailedLogins failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Set on requests that are not recorded, because their address had too many failures.</summary>
    internal static readonly object TooMany = new();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (tokens.Use(header[Bearer.Length..].Trim()) is not { } token)
        {
            if (!failures.Add(Context.Connection.RemoteIpAddress?.ToString() ?? ""))
            {
                Context.Items[TooMany] = TooMany;
            }

            return Task.FromResult(AuthenticateResult.Fail("The token is not valid."));
        }

        Context.Features.Set(new AccessLifetime(token.EndToken));
        ClaimsIdentity identity = AccessClaims.Create(Scheme.Name, token.User, token.Role, token.Id, token.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items.ContainsKey(TooMany))
        {
            Response.Headers.RetryAfter = FailedLogins.RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return RequestRefusal.WriteAsync(
                Context, StatusCodes.Status429TooManyRequests, "Too many calls without a valid token.", HeaderNames.Authorization,
                $"more than {FailedLogins.Most} calls from this address within a minute had no valid token; try again in a minute, with a valid one");
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        string problem = Request.Headers.Authorization.Count == 0
            ? "missing; allowed: Bearer TOKEN, with a token that an owner created (page Access, or POST /api/tokens)"
            : "the token is unknown, expired or revoked; allowed: Bearer TOKEN, with a valid one";
        return RequestRefusal.WriteAsync(Context, StatusCodes.Status401Unauthorized, "A token is needed.", HeaderNames.Authorization, problem);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        string role = Context.User.FindRole() is { } known ? Contracts.Text.EnumText.Of(known) : "unknown";
        string needed = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredPolicy>()?.Name ?? AccessPolicies.Viewer;
        return RequestRefusal.WriteAsync(
            Context, StatusCodes.Status403Forbidden, "This token may not do that.", HeaderNames.Authorization,
            $"the role of the token \"{Context.User.FindTokenName()}\" is {role}; allowed: {needed}");
    }
}
