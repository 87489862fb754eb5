using System.Net;
using System.Net.Http.Headers;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Audit;

public sealed class AuditLogTests : IAsyncLifetime
{
    private AccessHost _access = null!;
    private NewToken _operator = null!;
    private NewToken _viewer = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _access = await AccessHost.StartAsync();
        _operator = await _access.CreateAsync(TokenRole.Operator, "ada");
        _viewer = await _access.CreateAsync(TokenRole.Viewer, "grace");
    }

    public ValueTask DisposeAsync() => _access.DisposeAsync();

    [Fact]
    public async Task Changes_LeaveAnEntryEach_WithCallerSubjectAndOutcome()
    {
        string sweep = await LaunchAsync();
        string run = (await _access.GetAsync<Page<RunView>>(_viewer.Token, $"/api/sweeps/{sweep}/runs")).Items[0].Id;
        await ExpectAsync(HttpStatusCode.OK, _operator.Token, "POST", $"/api/sweeps/{sweep}/pause");
        await ExpectAsync(HttpStatusCode.OK, _operator.Token, "POST", $"/api/runs/{run}/cancel");
        await ExpectAsync(HttpStatusCode.Conflict, _operator.Token, "POST", $"/api/runs/{run}/cancel");
        await ExpectAsync(HttpStatusCode.Forbidden, _viewer.Token, "POST", $"/api/sweeps/{sweep}/cancel");
        await ExpectAsync(HttpStatusCode.Unauthorized, null, "DELETE", $"/api/sweeps/{sweep}");
        await ExpectAsync(HttpStatusCode.NotFound, _operator.Token, "POST", "/api/workers/w1/drain");

        Page<AuditEntryView> ofSweep = await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, $"/api/audit?sweep={sweep}");

        Assert.Equal(
            [
                ("DeleteSweep", null, null, 401), ("CancelSweep", "grace", null, 403), ("CancelRun", "ada", run, 409),
                ("CancelRun", "ada", run, 200), ("PauseSweep", "ada", null, 200), ("LaunchSweep", "ada", null, 201),
            ],
            ofSweep.Items.Select(entry => (entry.Action, entry.User, entry.RunId, entry.Status)));
        Assert.All(ofSweep.Items, entry => Assert.StartsWith("127.1.", entry.Address, StringComparison.Ordinal));
        Assert.Equal((6, "operator token"), (ofSweep.Total, ofSweep.Items[^1].TokenName));
        AuditEntryView drain = (await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, "/api/audit?worker=w1")).Items.Single();
        Assert.Equal(("DrainWorker", "w1", 404), (drain.Action, drain.WorkerId, drain.Status));
    }

    [Fact]
    public async Task Reads_LeaveNoEntry()
    {
        int before = (await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, "/api/audit")).Total;

        await _access.GetAsync<Page<SweepView>>(_viewer.Token, "/api/sweeps");
        await ExpectAsync(HttpStatusCode.OK, _viewer.Token, "POST", "/api/sweeps/preview", SweepFiles.Of(1));

        Assert.Equal(before, (await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, "/api/audit")).Total);
    }

    [Fact]
    public async Task Bulk_OfNamedRuns_LeavesAnEntryForEach_AndADryRunNone()
    {
        string sweep = await LaunchAsync();
        string[] runs = [.. (await _access.GetAsync<Page<RunView>>(_viewer.Token, $"/api/sweeps/{sweep}/runs")).Items.Select(run => run.Id)];
        string ids = string.Join(", ", runs);
        await ExpectAsync(HttpStatusCode.OK, _operator.Token, "POST", "/api/runs/bulk", $"{{ action: cancel, ids: [{ids}], dryRun: true }}");
        await ExpectAsync(HttpStatusCode.OK, _operator.Token, "POST", "/api/runs/bulk", $"{{ action: cancel, ids: [{ids}] }}");

        Page<AuditEntryView> entries = await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, "/api/audit?user=ada");

        Assert.Equal(runs.Order(), entries.Items.Where(entry => entry.Action == "ChangeManyRuns").Select(entry => entry.RunId).Order());
        Assert.All(entries.Items, entry => Assert.Equal(sweep, entry.SweepId));
    }

    [Fact]
    public async Task List_IsPagedAndFilteredByUser_AndExportedAsCsv()
    {
        await LaunchAsync();
        Page<AuditEntryView> owner = await _access.GetAsync<Page<AuditEntryView>>(_viewer.Token, "/api/audit?user=setup&skip=1&take=1");
        using HttpResponseMessage csv = await _access.SendAsync(_viewer.Token, HttpMethod.Get, "/api/audit.csv?user=setup");
        string[] lines = (await csv.Content.ReadAsStringAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((2, $"/api/tokens/{_operator.Id}"), (owner.Total, Assert.Single(owner.Items).Path));
        Assert.StartsWith("id,time,user,tokenName,address,action,path,sweepId,runId,workerId,status", lines[0], StringComparison.Ordinal);
        Assert.Contains($"CreateToken,/api/tokens/{_viewer.Id}", lines[1], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    private async Task<string> LaunchAsync()
    {
        using HttpResponseMessage launched = await SendAsync(_operator.Token, "POST", "/api/sweeps", SweepFiles.Of(2));
        Assert.Equal(HttpStatusCode.Created, launched.StatusCode);
        return launched.Headers.Location!.ToString().Split('/')[^1];
    }

    private async Task ExpectAsync(HttpStatusCode status, string? token, string method, string path, string? yaml = null)
    {
        using HttpResponseMessage response = await SendAsync(token, method, path, yaml);
        Assert.True(status == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancelled)}");
    }

    private Task<HttpResponseMessage> SendAsync(string? token, string method, string path, string? yaml = null) =>
        _access.SendAsync(token, new HttpMethod(method), path, yaml is null ? null : new StringContent(yaml, new MediaTypeHeaderValue("application/yaml")));
}
