using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Sets the security headers of responses.</summary>
internal static class BrowserHeaders
{
    /// <summary>
    /// For responses that are not pages: if a browser shows one (an artifact, an error), it may load and run nothing, and has no origin.
    /// </summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(SetAsync, context.Response);
        return next(context);
    }

    private static Task SetAsync(object state)
    {
        IHeaderDictionary headers = ((HttpResponse)state).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy))
        {
            headers.ContentSecurityPolicy = DataPolicy;
        }

        return Task.CompletedTask;
    }
}
