using System.Net;
using System.Text;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Control;

/// <summary>What people write beside sweeps and runs.</summary>
public sealed class AnnotationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Patch_Run_ChangesWhatIsGivenAndKeepsTheRest()
    {
        string sweep = await LaunchAsync("run-notes");
        string run = (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs")).Items[0].Id;

        await PatchAsync($"/api/runs/{run}", """{"tags":["good","good","odd"],"notes":"=looks\nfine"}""");
        await PatchAsync($"/api/runs/{run}", """{"tags":[]}""");

        RunView view = await Host.GetAsync<RunView>($"/api/runs/{run}");
        Assert.Empty(view.Tags);
        Assert.Equal("=looks\nfine", view.Notes);
        string csv = await (await Host.GetAsync($"/api/sweeps/{sweep}/runs.csv?filter=notes~LOOKS")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"'=looks\nfine\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_RunName_CanBeFoundSortedExportedAndTakenAway()
    {
        string sweep = await LaunchAsync("run-names");
        string run = (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs")).Items[0].Id;
        Assert.Null((await Host.GetAsync<RunView>($"/api/runs/{run}")).Name);

        await PatchAsync($"/api/runs/{run}", """{"name":" baseline "}""");
        await PatchAsync($"/api/runs/{run}", """{"notes":"the first"}""");

        Assert.Equal("baseline", (await Host.GetAsync<RunView>($"/api/runs/{run}")).Name);
        Assert.Equal(1, (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs?filter=name%20~%20BASE&sort=-name")).Total);
        string csv = await (await Host.GetAsync($"/api/sweeps/{sweep}/runs.csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(",baseline,", csv, StringComparison.Ordinal);

        await PatchAsync($"/api/runs/{run}", """{"name":""}""");
        Assert.Null((await Host.GetAsync<RunView>($"/api/runs/{run}")).Name);
    }

    [Theory]
    [InlineData("SECOND", "2")]
    [InlineData("lamp", "1")]
    [InlineData("base", "1")]
    [InlineData("'the second'", "2")]
    [InlineData("small_cnn", "1 2")]
    [InlineData("the second", "2")]
    [InlineData("the or small", "1 2")]
    [InlineData("not the", "1")]
    [InlineData("small seed = 2", "2")]
    [InlineData("nowhere", "")]
    public async Task List_PlainWords_AreFoundInNameTagsModelAndNotes(string filter, string cells)
    {
        string sweep = await LaunchAsync("words", 2);
        IReadOnlyList<RunView> runs = (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs")).Items;
        await PatchAsync($"/api/runs/{runs[0].Id}", """{"name":"Baseline","tags":["red lamp"]}""");
        await PatchAsync($"/api/runs/{runs[1].Id}", """{"notes":"the Second of them"}""");

        Page<RunView> found = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(cells, string.Join(' ', found.Items.Select(run => run.Cell)));
    }

    [Fact]
    public async Task Patch_SweepName_IsTheNameEverywhereAndTheFileStillContinuesIt()
    {
        string sweep = await LaunchAsync("typo");

        await PatchAsync($"/api/sweeps/{sweep}", """{"name":"right: name"}""");

        SweepView view = await Host.GetAsync<SweepView>($"/api/sweeps/{sweep}");
        Assert.Equal(("right: name", "right: name"), (view.Name, view.Spec.GetProperty("name").GetString()));
        Assert.Contains("right: name", await NamesAsync("?q=right"));
        string yaml = await (await Host.GetAsync($"/api/sweeps/{sweep}/spec.yaml")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("typo", yaml, StringComparison.Ordinal);
        Assert.Equal(sweep, (await Host.PostAsync<SweepView>("/api/sweeps?continue=true", SweepFiles.Of(1, name: "typo"))).Id);
    }

    [Fact]
    public async Task Patch_Sweep_CanBeFoundByItsTagAndPutAway()
    {
        string sweep = await LaunchAsync("put-away");

        await PatchAsync($"/api/sweeps/{sweep}", """{"tags":["later"],"notes":"needs more epochs"}""");
        await PatchAsync($"/api/sweeps/{sweep}", """{"archived":true}""");

        SweepView view = await Host.GetAsync<SweepView>($"/api/sweeps/{sweep}");
        Assert.Equal(("later", "needs more epochs"), (Assert.Single(view.Tags), view.Notes));
        Assert.NotNull(view.ArchivedAt);
        Assert.Equal(["put-away"], await NamesAsync("?tag=later"));
        Assert.Equal(["put-away"], await NamesAsync("?q=EPOCHS%20digits"));
        Assert.Empty(await NamesAsync("?q=epochs%20cifar"));
        Assert.Equal(["put-away"], await NamesAsync("?archived=true"));
        Assert.DoesNotContain("put-away", await NamesAsync("?archived=false"));
        Assert.Contains("put-away", await NamesAsync(""));

        await PatchAsync($"/api/sweeps/{sweep}", """{"archived":false}""");
        Assert.Contains("put-away", await NamesAsync("?archived=false"));
    }

    [Theory]
    [InlineData("""{"tags":"good"}""", "tags")]
    [InlineData("""{"tags":["good",""]}""", "tags[1]")]
    [InlineData("""{"tags":["\ud800"]}""", "$")]
    [InlineData("""{"notes":5}""", "notes")]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"status":"completed"}""", "status")]
    [InlineData("[]", "$")]
    public async Task Patch_BadBody_NamesThePath(string body, string path)
    {
        string sweep = await LaunchAsync("bad-body");
        foreach (string address in (string[])[$"/api/sweeps/{sweep}", $"/api/runs/{(await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs")).Items[0].Id}"])
        {
            HttpResponseMessage response = await SendAsync(address, body);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains($"\"{path}\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/sweeps/00000000000000000000000000")]
    [InlineData("/api/runs/nonsense")]
    public async Task Patch_UnknownId_IsNotFound(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(address, """{"notes":"x"}""")).StatusCode);

    private async Task<string> LaunchAsync(string name, int runs = 1)
    {
        string id = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(runs, runs > 1 ? "reuse: false" : "", name: name))).Id;
        await Host.PostAsync<SweepView>($"/api/sweeps/{id}/pause");
        return id;
    }

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await Host.GetAsync<Page<SweepView>>($"/api/sweeps{query}")).Items.Select(sweep => sweep.Name);

    private async Task PatchAsync(string address, string body)
    {
        HttpResponseMessage response = await SendAsync(address, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Host.Client.PatchAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
