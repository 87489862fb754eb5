using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Control;

public sealed class BulkRunsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Bulk_Tag_CanBeFilteredByAndTakenOff()
    {
        string sweep = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3, "reuse: false", "tags"))).Id;
        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep}/pause");

        await BulkAsync($$"""{"action":"tag","sweepId":"{{sweep}}","filter":"seed < 3","add":["good","Two words"]}""");
        await BulkAsync($$"""{"action":"tag","sweepId":"{{sweep}}","filter":"seed = 2","remove":["good"]}""");

        Assert.Equal("1", await CellsAsync(sweep, "tag = good"));
        Assert.Equal("1 2", await CellsAsync(sweep, "tag in (good, 'Two words')"));
        Assert.Equal("1 2", await CellsAsync(sweep, "tag ~ two"));
        Assert.Equal("2 3", await CellsAsync(sweep, "tag != good"));
        Assert.Equal("3", await CellsAsync(sweep, "tag = null"));
        Assert.Equal("1 2 3", await CellsAsync(sweep, null, "&sort=-tag"));
        RunNames names = await Host.GetAsync<RunNames>($"/api/sweeps/{sweep}/names");
        Assert.Equal(["good", "Two words"], names.Tags);
    }

    [Theory]
    [InlineData("{}", "action", "missing; allowed: cancel, retry, tag, delete")]
    [InlineData("""{"action":"tag","ids":["\ud800"],"add":["a"]}""", "$", "half of a character")]
    [InlineData("""{"\udfff":1}""", "$", "half of a character")]
    [InlineData("""{"action":"cancle","ids":["x"]}""", "action", "did you mean \"cancel\"?")]
    [InlineData("""{"action":"cancel"}""", "ids", "missing; allowed: ids of runs, or the sweepId")]
    [InlineData("""{"action":"cancel","ids":[]}""", "ids", "empty")]
    [InlineData("""{"action":"cancel","ids":[5]}""", "ids[0]", "not an id: 5")]
    [InlineData("""{"action":"cancel","ids":["x"],"filter":"seed = 1"}""", "filter", "together with sweepId")]
    [InlineData("""{"action":"tag","ids":["x"]}""", "add", "no tags")]
    [InlineData("""{"action":"retry","ids":["x"],"add":["a"]}""", "add", "with the action tag")]
    [InlineData("""{"action":"cancel","ids":["x"],"force":true}""", "force", "unknown key")]
    public async Task Bulk_BadRequest_SaysWhatIsAllowed(string body, string path, string problem)
    {
        HttpResponseMessage response = await Host.PostAsync("/api/runs/bulk", body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(problem, json.RootElement.GetProperty("errors").GetProperty(path)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_UnknownSweepOrBadFilter_IsRefusedAsAWhole()
    {
        string sweep = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "refused"))).Id;

        Assert.Equal(HttpStatusCode.NotFound, (await Host.PostAsync("/api/runs/bulk", """{"action":"cancel","sweepId":"nope"}""", "application/json")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync("/api/runs/bulk", $$"""{"action":"cancel","sweepId":"{{sweep}}","filter":"sed = 1"}""", "application/json")).StatusCode);
    }

    private Task<BulkResult> BulkAsync(string body) => Host.PostAsync<BulkResult>("/api/runs/bulk", body, "application/json");

    private async Task<string> CellsAsync(string sweep, string? filter, string more = "")
    {
        string condition = filter is null ? "" : $"filter={Uri.EscapeDataString(filter)}";
        Page<RunView> page = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs?{condition}{more}");
        return string.Join(' ', page.Items.Select(run => run.Cell));
    }
}
