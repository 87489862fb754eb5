using Microsoft.AspNetCore.Diagnostics;

namespace Experiments.Orchestrator.Http;

/// <summary>Answers an <see cref="ApiException"/>, and a body that is incomplete or too large, as problem details (RFC 9457).</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        HttpValidationProblemDetails? details = exception switch
        {
            ApiException api => Details(api.Status, api.Message, api.Errors),
            BadHttpRequestException bad => Details(bad.StatusCode, "The request is not valid.", new Dictionary<string, string[]> { ["$"] = [bad.Message] }),
            _ => null,
        };
        if (details is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = details.Status!.Value;
        if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details }))
        {
            // The service does not write problem details for callers that accept only HTML; they still get them.
            await httpContext.Response.WriteAsJsonAsync(details, options: null, "application/problem+json", cancellationToken);
        }

        return true;
    }

    private static HttpValidationProblemDetails Details(int status, string title, IReadOnlyDictionary<string, string[]> errors) =>
        new(errors.ToDictionary()) { Status = status, Title = title };
}
