using Microsoft.AspNetCore.Components.Endpoints;

namespace Experiments.Dashboard;

/// <summary>What pages may load and run: what this server sends, and nothing from anywhere else.</summary>
internal static class PagePolicy
{
    /// <summary>
    /// The content security policy of pages. Plotly draws WebGL charts (parallel coordinates, curves with very many points) with functions that it makes from
    /// texts of its own, hence <c>unsafe-eval</c>; scripts in the page's HTML, which is what an injection would be, are refused. Charts and components style
    /// elements one by one, hence inline styles; charts are saved and pictures shown as <c>data:</c> and <c>blob:</c>.
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
