using Microsoft.AspNetCore.Http;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Answers a refused request with problem details (RFC 9457).</summary>
public static class RequestRefusal
{
    private const int LongestQuote = 100;

    /// <summary>The sent value in quotes, shortened.</summary>
    public static string Quote(string text) =>
        text.Length <= LongestQuote ? $"\"{text}\"" : $"\"{text.AsSpan(0, LongestQuote)}…\"";

    /// <summary>Writes the answer.</summary>
    /// <param name="path">What is wrong: a header, or a part of the request.</param>
    /// <param name="problem">What was given, and what is allowed.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string path, string problem)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        var details = new HttpValidationProblemDetails(new Dictionary<string, string[]> { [path] = [problem] }) { Status = status, Title = title };
        return context.Response.WriteAsJsonAsync(details, options: null, "application/problem+json", context.RequestAborted);
    }
}
