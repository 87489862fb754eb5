using Microsoft.AspNetCore.Http;

namespace Experiments.ServiceDefaults.Access;

/// <summary>Ends when the caller's right to be answered does. A scheme sets it as a feature of the request.</summary>
/// <param name="Token">Cancelled then.</param>
public sealed record AccessLifetime(CancellationToken Token);

/// <summary>Ends streams and downloads when the token of the caller is revoked or expires.</summary>
internal sealed class EndOfAccess(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<AccessLifetime>() is not { } lifetime)
        {
            await next(context);
            return;
        }

        CancellationToken aborted = context.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }
}
