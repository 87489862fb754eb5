using Experiments.Dashboard.Components;
using Experiments.Dashboard.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard;

/// <summary>
/// Shows a page for unknown addresses in a browser. A middleware, not a fallback endpoint, which would match
/// every method, and turn the API's "405 method not allowed" into 404 where both share a host.
/// </summary>
internal static class NotFoundPages
{
    private static readonly string[] ProgramPaths = ["/api", "/openapi", "/health", "/alive", "/download", "/_framework", "/_content", "/_blazor"];

    public static void UseNotFoundPage(this IApplicationBuilder app) =>
        app.Use(async (context, next) =>
        {
            await next(context);
            if (IsUnanswered(context) && IsForPeople(context.Request))
            {
                PagePolicy.Apply(context.Response);
                await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
            }
        });

    private static bool IsUnanswered(HttpContext context) =>
        context.GetEndpoint() is null && context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false };

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !ProgramPaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
