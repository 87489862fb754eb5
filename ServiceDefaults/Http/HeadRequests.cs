using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Answers <c>HEAD</c> with the headers of <c>GET</c>, wherever there is a <c>GET</c> (RFC 9110, 9.3.2).</summary>
public static class HeadRequests
{
    /// <summary>True for a HEAD request that is routed as GET: no body needs to be fetched for it.</summary>
    public static bool WantsHeadOnly(this HttpContext context) => context.Features.Get<IHttpResponseBodyFeature>() is HeadAnswer;

    internal static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        IHttpResponseBodyFeature body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        IHttpRequestLifetimeFeature lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        using var answer = new HeadAnswer(body, lifetime);
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.Remove(HeaderNames.Range);
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        context.Features.Set<IHttpRequestLifetimeFeature>(answer);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (answer.IsGiven)
        {
            // The headers have been sent; the body, which may be endless, was cancelled.
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Features.Set(body);
            context.Features.Set(lifetime);
        }
    }
}
