using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// Refuses what a web page of another origin asks for, where that could change something: every method but those that only read, and every WebSocket, the
/// pages' own connection included. Programs, which are no browsers and send neither header, are let through.
/// </summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> decides where there is one: pages cannot set it, and it is right behind proxies too. Browsers send it to https and to this machine
/// alone; else <c>Origin</c> has to be the host that was asked. The rule is that of Go's <c>http.CrossOriginProtection</c>.
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

    /// <summary>As a browser writes it: without the port that the scheme stands for.</summary>
    private static string AuthorityOf(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host.Value}", UriKind.Absolute, out Uri? asked) ? asked.Authority : "";
}
