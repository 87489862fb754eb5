using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Access;

/// <summary>Registers authentication and authorization for a host, which may be an API, a site of pages, or both.</summary>
public static class AccessRegistration
{
    /// <summary>The scheme of calls of the API: <c>Authorization: Bearer</c>.</summary>
    public const string TokenScheme = "Token";

    /// <summary>The scheme of pages: a cookie.</summary>
    public const string SessionScheme = "Session";

    private const string EitherScheme = "Access";
    private const string Added = "Access";

    /// <summary>The paths that programs call, and not pages.</summary>
    private static readonly string[] ProgramPaths = ["/api", "/openapi"];

    /// <summary>Adds policies and the choice between the schemes, in the mode <see cref="AccessMode.Tokens"/>. Idempotent.</summary>
    /// <param name="scheme">A scheme that the caller adds.</param>
    /// <returns>For adding the scheme; null where callers are not identified.</returns>
    public static AuthenticationBuilder? AddAccess(this IHostApplicationBuilder builder, string scheme)
    {
        builder.Services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        if (AccessOptions.ModeOf(builder.Configuration) == AccessMode.Open)
        {
            return null;
        }

        builder.Services.AddSingleton(new AddedScheme(scheme));
        if (builder.Services.MarkAdded(Added))
        {
            builder.Services.AddAuthorization(AddPolicies);
            return builder.Services.AddAuthentication(EitherScheme).AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = SchemeOf);
        }

        return builder.Services.AddAuthentication();
    }

    /// <summary>Authenticates and authorizes every request to this host, where callers are identified. Idempotent.</summary>
    public static void UseAccess(this WebApplication app)
    {
        IDictionary<string, object?> properties = ((IApplicationBuilder)app).Properties;
        if (AccessOptions.ModeOf(app.Configuration) == AccessMode.Open || !properties.TryAdd(Added, true))
        {
            return;
        }

        app.UseAuthentication();
        app.UseMiddleware<EndOfAccess>();
        app.UseAuthorization();
    }

    /// <summary>Endpoints that name no policy, and addresses without an endpoint, are closed to callers without a role.</summary>
    private static void AddPolicies(AuthorizationOptions options)
    {
        options.AddPolicy(AccessPolicies.Viewer, Roles(TokenRole.Viewer, TokenRole.Operator, TokenRole.Owner));
        options.AddPolicy(AccessPolicies.Operator, Roles(TokenRole.Operator, TokenRole.Owner));
        options.AddPolicy(AccessPolicies.Owner, Roles(TokenRole.Owner));
        options.AddPolicy(AccessPolicies.Worker, Roles(TokenRole.Worker));
        options.AddPolicy(AccessPolicies.Any, Roles(Enum.GetValues<TokenRole>()));
        options.DefaultPolicy = options.GetPolicy(AccessPolicies.Viewer)!;
        options.FallbackPolicy = options.DefaultPolicy;
    }

    private static AuthorizationPolicy Roles(params TokenRole[] roles) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles.Select(role => EnumText.Of(role))).Build();

    /// <summary>A cookie is never accepted by the API: pages of other sites could make browsers send it.</summary>
    private static string SchemeOf(HttpContext context)
    {
        HashSet<string> added = [.. context.RequestServices.GetServices<AddedScheme>().Select(scheme => scheme.Name)];
        bool isForPrograms = ProgramPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        return added.Contains(SessionScheme) && !(isForPrograms && added.Contains(TokenScheme)) ? SessionScheme : TokenScheme;
    }

    private sealed record AddedScheme(string Name);
}
