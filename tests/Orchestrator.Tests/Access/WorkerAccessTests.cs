using System.Net;
using System.Net.Http.Headers;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Artifacts.Uploads;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Access;

/// <summary>A worker without the right token can neither claim, report, upload nor read.</summary>
public sealed class WorkerAccessTests : IAsyncLifetime
{
    private static readonly Uri Leases = MessageAddresses.Exchange(QueueNames.Leases);

    private readonly WarningLog _log = new();
    private AccessHost _access = null!;
    private NewToken _token = null!;
    private NewToken _other = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IBus Bus => _access.Host.Get<IBus>();

    public async ValueTask InitializeAsync()
    {
        _access = await AccessHost.StartAsync(isDurable: true, addServices: _log.AddTo);
        _token = await _access.CreateAsync(TokenRole.Worker);
        _other = await _access.CreateAsync(TokenRole.Worker, "grace");
        using HttpResponseMessage launched = await _access.SendAsync(
            AccessHost.OwnerSecret, HttpMethod.Post, "/api/sweeps", new StringContent(SweepFiles.Of(2), new MediaTypeHeaderValue("application/yaml")));
        Assert.Equal(HttpStatusCode.Created, launched.StatusCode);
    }

    public ValueTask DisposeAsync() => _access.DisposeAsync();

    [Theory]
    [InlineData(null, "it has no token")]
    [InlineData("exp_wrong", "its token is unknown, expired or revoked")]
    [InlineData(AccessHost.OwnerSecret, "the role of its token \"setup\" is owner")]
    public async Task Claim_WithoutAWorkersToken_IsRefusedWithTheReason(string? token, string reason)
    {
        Assert.Contains(reason, (await ClaimAsync(token)).Refused?.Reason, StringComparison.Ordinal);
        HeartbeatReply reply = await BeatAsync(token, run: null);
        Assert.Equal((AttemptDirective.Abandon, false), (reply.Attempt, reply.TakeRuns));
        Assert.Contains(reason, reply.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_OfAnotherToken_DoesNotRenewTheLease()
    {
        RunClaimed run = await ClaimedAsync(_token.Token);

        Assert.Equal(AttemptDirective.Continue, (await BeatAsync(_token.Token, run)).Attempt);
        Assert.Contains("another token claimed attempt 1", (await BeatAsync(_other.Token, run)).Problem, StringComparison.Ordinal);
        await _access.RevokeAsync(_token);
        Assert.Equal(AttemptDirective.Abandon, (await BeatAsync(_token.Token, run)).Attempt);
    }

    [Fact]
    public async Task Report_OfAnotherToken_IsIgnoredAndLogged()
    {
        RunClaimed run = await ClaimedAsync(_token.Token);
        var worker = new ScriptedWorker(_access.Host);

        await SendAsync(null, worker.Epoch(run, 1, 0.1));
        await SendAsync(_other.Token, worker.Epoch(run, 1, 0.2));
        await SendAsync(_token.Token, worker.Epoch(run, 1, 0.7));

        RunView view = await TestTimeout.UntilAsync(() => _access.GetAsync<RunView>(AccessHost.OwnerSecret, $"/api/runs/{run.RunId}"), view => view.Epoch == 1);
        Assert.Equal(0.7, view.Summary["validation/accuracy"].Last);
        Assert.Equal(2, _log.Lines.Count(line => line.Contains($"about attempt 1 of run {run.RunId} is ignored", StringComparison.Ordinal)));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("exp_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_OnlyOfTheTokenThatClaimed_AndOnlyForItsRun()
    {
        RunClaimed run = await ClaimedAsync(_token.Token);
        RunClaimed otherRun = await ClaimedAsync(_other.Token, "worker-2");
        byte[] content = [1, 2, 3];
        string path = new Uploading(_access.Host, run).Path("best.safetensors", content);

        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(_other.Token, path, content));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(_token.Token, new Uploading(_access.Host, otherRun, "worker-2").Path("best.safetensors", content), content));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(AccessHost.OwnerSecret, path, content));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(_token.Token, path, content));
        using HttpResponseMessage file = await _access.SendAsync(_other.Token, HttpMethod.Get, $"/api/runs/{run.RunId}/attempts/1/files/best.safetensors");
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task Input_WithoutAToken_IsNotDescribed()
    {
        Response<InputContent> answer = await Bus.CreateRequestClient<DescribeInput>(MessageAddresses.Exchange(QueueNames.RunInputs))
            .GetResponse<InputContent>(new DescribeInput("run", RunInput.Data), TestTimeout.Token);

        Assert.Contains("does not accept this worker: it has no token", answer.Message.Problem, StringComparison.Ordinal);
    }

    private async Task<(RunClaimed? Claimed, ClaimRefused? Refused)> ClaimAsync(string? token, string worker = "worker-1")
    {
        using RequestHandle<ClaimRun> request = Bus.CreateRequestClient<ClaimRun>(Leases)
            .Create(new ClaimRun(worker, "none") { Contract = ClaimRun.TrainsRanges }, TestTimeout.Token);
        request.UseExecute(context => SetToken(context, token));
        Task<Response<ClaimRefused>> refused = request.GetResponse<ClaimRefused>(readyToSend: false);
        Response<RunClaimed>? claimed = null;
        Task<Response<RunClaimed>> given = request.GetResponse<RunClaimed>();
        if (await Task.WhenAny(given, refused) == given)
        {
            claimed = await given;
        }

        return (claimed?.Message, claimed is null ? (await refused).Message : null);
    }

    private async Task<RunClaimed> ClaimedAsync(string token, string worker = "worker-1") =>
        (await TestTimeout.UntilAsync(() => ClaimAsync(token, worker), answer => answer.Claimed is not null)).Claimed!;

    private async Task<HeartbeatReply> BeatAsync(string? token, RunClaimed? run)
    {
        var heartbeat = new Heartbeat { WorkerId = "worker-1", Host = "host", Device = "cpu", RunId = run?.RunId, Attempt = run?.Attempt ?? 0 };
        using RequestHandle<Heartbeat> request = Bus.CreateRequestClient<Heartbeat>(Leases).Create(heartbeat, TestTimeout.Token);
        request.UseExecute(context => SetToken(context, token));
        return (await request.GetResponse<HeartbeatReply>()).Message;
    }

    private async Task SendAsync<T>(string? token, T report)
        where T : class =>
        await (await Bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents))).Send(report, context => SetToken(context, token), TestTimeout.Token);

    private static void SetToken(SendContext context, string? token)
    {
        if (token is not null)
        {
            context.Headers.Set(WorkerToken.MessageHeader, token);
        }
    }

    private async Task<HttpStatusCode> PutAsync(string token, string path, byte[] content)
    {
        using HttpResponseMessage response = await _access.SendAsync(token, HttpMethod.Put, path, new ByteArrayContent(content));
        return response.StatusCode;
    }
}
