using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// Refuses requests of web pages of other origins that could change state: every method except the read-only ones, and every WebSocket, including the
/// connection of the pages. Clients other than browsers send neither header and are allowed.
/// </summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> decides where there is one: pages cannot set it, and it is correct behind proxies. Browsers send it only to https and to loopback
/// addresses; otherwise <c>Origin</c> has to match the requested host. The rule is that of Go's <c>http.CrossOriginProtection</c>.
/// </remarks>
internal sealed class OriginFilter(RequestDelegate next, TrustedOrigins trusted, ILogger<OriginFilter> logger)
{
    private readonly RefusalLog _log = new(logger);

    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (OnlyReads(request) || IsOwn(request) || trusted.Contains(request.Headers.Origin.ToString()))
        {
            return next(context);
        }

        string origin = RequestRefusal.Quote(request.Headers.Origin.ToString());
        _log.Note("origin", origin, TrustedOrigins.Setting);
        return RequestRefusal.WriteAsync(
            context, StatusCodes.Status403Forbidden, "Web pages of other sites may not do that.", "Origin",
            $"the request comes from a page of {origin}, not of this service; if that page may change things here, add its origin to the setting {TrustedOrigins.Setting}");
    }

    private static bool OnlyReads(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
        && !request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && string.Equals(uri.Authority, AuthorityOf(request, uri), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The authority in the form that browsers send: without the default port of the scheme.</summary>
    private static string AuthorityOf(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host.Value}", UriKind.Absolute, out Uri? asked) ? asked.Authority : "";
}
