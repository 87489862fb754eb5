using System.Security.Claims;
using Experiments.Dashboard.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Experiments.Dashboard.Login;

/// <summary>Begins the session of an open page, checks its token again and again, and ends the page with it.</summary>
internal sealed class SessionCircuit(
    Session session, OpenSessions sessions, TokenChecks checks, AuthenticationStateProvider authentication, TimeProvider time) : CircuitHandler, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _checking = Task.CompletedTask;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        ClaimsPrincipal user = (await authentication.GetAuthenticationStateAsync()).User;
        session.Begin(user);
        sessions.Add(session);
        _checking = CheckAsync();
    }

    /// <summary>A page that ignores the end of its session is not served any more.</summary>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => session.IsEnded ? Task.CompletedTask : next(context);

    public async ValueTask DisposeAsync()
    {
        sessions.Remove(session);
        await _closing.CancelAsync();
        await _checking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task CheckAsync()
    {
        using var timer = new PeriodicTimer(TokenChecks.Interval, time);
        while (!session.IsEnded && await timer.WaitForNextTickAsync(_closing.Token))
        {
            if (session.Token is { } token && (await checks.AskAsync(token, _closing.Token)).IsRejected)
            {
                session.End();
            }
        }
    }
}
