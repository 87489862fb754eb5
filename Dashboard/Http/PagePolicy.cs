using Microsoft.AspNetCore.Components.Endpoints;

namespace Experiments.Dashboard.Http;

/// <summary>Pages may load and run only what this server sends.</summary>
internal static class PagePolicy
{
    /// <summary>
    /// The content security policy of pages. Plotly draws WebGL charts (parallel coordinates, curves with very many points) with functions that it makes from
    /// strings, hence <c>unsafe-eval</c>; inline scripts, which an injection would be, are refused. Charts and components style
    /// elements directly, hence inline styles; charts are saved and images shown as <c>data:</c> and <c>blob:</c>.
    /// </summary>
    private const string Policy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePagePolicy(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            {
                Apply(context.Response);
            }

            return next(context);
        });

    public static void Apply(HttpResponse response) => response.Headers.ContentSecurityPolicy = Policy;
}
