using System.Net;
using System.Security.Claims;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Sessions;

namespace Experiments.Dashboard.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly MeView Me = new("tokens", "ada", TokenRole.Operator, "t1", "laptop", null);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void May_NotBegun_AllowsEverything() => Assert.True(new Session().May(TokenRole.Owner));

    [Theory]
    [InlineData(TokenRole.Viewer, true, false, false)]
    [InlineData(TokenRole.Operator, true, true, false)]
    [InlineData(TokenRole.Owner, true, true, true)]
    [InlineData(TokenRole.Worker, false, false, false)]
    public void May_EachRole_IncludesThoseBelow(TokenRole role, bool viewer, bool @operator, bool owner)
    {
        Session session = Begin(Me with { Role = role });

        Assert.Equal((viewer, @operator, owner), (session.May(TokenRole.Viewer), session.May(TokenRole.Operator), session.May(TokenRole.Owner)));
    }

    [Fact]
    public async Task Call_TokenIsRefused_EndsTheSessionOnce()
    {
        using var orchestrator = new StubOrchestrator();
        orchestrator.OnProblem("GET", HttpStatusCode.Unauthorized, "A token is needed.");
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };
        Session session = Begin(Me);
        int ends = 0;
        session.Ended += () => ends++;
        var client = new OrchestratorClient(http, session);

        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<OrchestratorException>(() => client.GetWorkersAsync(Cancelled));
        }

        Assert.Equal((true, 1), (session.IsEnded, ends));
    }

    [Fact]
    public async Task Call_SendsTheUsersTokenAndAddress()
    {
        using var orchestrator = new StubOrchestrator();
        string? sent = null;
        orchestrator.On("GET /api/workers", request =>
        {
            sent = $"{request.Headers.Authorization} {string.Join(',', request.Headers.GetValues("Experiments-User-Address"))}";
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]", System.Text.Encoding.UTF8, "application/json") };
        });
        using var http = new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") };
        ClaimsIdentity identity = Session.IdentityOf(Me, "exp_secret");
        Session.SetAddress(identity, "10.0.0.7");
        var session = new Session();
        session.Begin(new ClaimsPrincipal(identity));

        await new OrchestratorClient(http, session).GetWorkersAsync(Cancelled);

        Assert.Equal("Bearer exp_secret 10.0.0.7", sent);
    }

    [Fact]
    public async Task AnyAsync_NoPageIsOpen_WaitsForOne_AndPassesOverEndedOnes()
    {
        var sessions = new OpenSessions();
        Task<Session> waiting = sessions.AnyAsync(Cancelled);
        Session first = Begin(Me);
        Session second = Begin(Me with { TokenId = "t2" });

        Assert.False(waiting.IsCompleted);
        sessions.Add(first);
        Assert.Same(first, await waiting);
        sessions.Add(second);
        sessions.EndOf("t1");

        Assert.True(first.IsEnded);
        Assert.Same(second, await sessions.AnyAsync(Cancelled));
    }

    private static Session Begin(MeView me)
    {
        var session = new Session();
        session.Begin(new ClaimsPrincipal(Session.IdentityOf(me, "exp_secret")));
        return session;
    }
}
