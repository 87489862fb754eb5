using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Views;

/// <summary>Lists of a sweep's runs, and what they left behind.</summary>
public sealed class RunReadTests(TrainedSweep trained) : IClassFixture<TrainedSweep>
{
    private TestHost Host => trained.Host;

    [Theory]
    [InlineData("", "1 2 3 4")]
    [InlineData("?sort=-cell", "4 3 2 1")]
    [InlineData("?sort=seed", "1 2 3 4")]
    [InlineData("?sort=-seed&skip=1&take=2", "3 2")]
    [InlineData("?sort=validation/accuracy", "1 3 2 4")]
    [InlineData("?sort=-validation/accuracy", "2 3 1 4")]
    [InlineData("?sort=custom/metric", "1 2 3 4")]
    [InlineData("?sort=-createdAt", "1 2 3 4")]
    [InlineData("?sort=status", "4 1 2 3")]
    [InlineData("?sort=model", "1 2 3 4")]
    [InlineData("?status=completed&sort=-cell", "3 2 1")]
    [InlineData("?status=failed", "")]
    public async Task List_SortedAndFiltered_IsInThatOrder(string query, string cells)
    {
        Page<RunView> page = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs{query}");

        Assert.Equal(cells, string.Join(' ', page.Items.Select(run => run.Cell)));
    }

    [Theory]
    [InlineData("validation/accuracy > 0.6", "2 3")]
    [InlineData("not validation/accuracy > 0.6", "1 4")]
    [InlineData("seed in (1, 4)", "1 4")]
    [InlineData("status = completed and seed != 2", "1 3")]
    [InlineData("seed = 1 or seed = 2 and validation/accuracy > 0.95", "1")]
    [InlineData("(seed = 1 OR seed = 2) AND validation/accuracy >= 9e-1", "2")]
    [InlineData("optimizer ~ AD and not not cell<=2", "1 2")]
    [InlineData("'optimizer'=\"adam\"", "1 2 3 4")]
    [InlineData("gradientClipping = auto", "1 2 3 4")]
    [InlineData("gradientClipping > 0", "")]
    [InlineData("freezeBatchNorm = true", "1 2 3 4")]
    [InlineData("createdAt > 2000-01-01 and duration < 1e6", "1 2 3 4")]
    [InlineData("custom/metric > 0", "1 2 3")]
    [InlineData("failure = null", "1 2 3 4")]
    [InlineData("failure in (diverged, outOfMemory) or failureMessage ~ nan", "")]
    [InlineData("wallTime >= 0", "1 2 3")]
    [InlineData("acc > 0.6 and lr > 0", "2 3")]
    [InlineData("val_acc >= 0.9", "2")]
    [InlineData("Learning_Rate > 0 and bs >= 1 and state = completed", "1 2 3")]
    [InlineData("acc > 0.6 seed < 3", "2")]
    [InlineData("(seed = 1)(acc > 0)", "1")]
    [InlineData("freezeBatchNorm = 1", "1 2 3 4")]
    [InlineData("in seed in (2)", "")]
    [InlineData("schedulerMilestones = '[]' and augmentation = none", "1 2 3 4")]
    public async Task List_Filter_GivesTheRunsThatMeetIt(string filter, string cells)
    {
        Page<RunView> page = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(cells, string.Join(' ', page.Items.Select(run => run.Cell)));
        Assert.Equal(page.Items.Count, page.Total);
    }

    [Theory]
    [InlineData("validation/acuracy > 1", "character 1: nothing to filter by: \"validation/acuracy\"; did you mean \"validation/accuracy\"? allowed: a hyperparameter", "")]
    [InlineData("seed >", "character 7: it ends where a value is expected", "")]
    [InlineData("seed ! 3", "character 6: unknown comparison: \"!\"", "allowed: = ==")]
    [InlineData("(seed = 1", "it ends where \")\" is expected", "")]
    [InlineData("failure = bad", "unknown kind of failure: \"bad\"", "outofmemory, diverged")]
    [InlineData("seed = 1 )", "character 10: \"and\", \"or\" or the end is expected, not \")\"", "")]
    [InlineData("seed = 1 seed", "character 10: \"seed\" is compared with nothing", "write a comparison such as seed = …, or put the word in quotes to search for it: 'seed'")]
    [InlineData("and seed = 1", "character 1: the name of a hyperparameter or metric, or a word to search for, is expected, not \"and\"", "")]
    [InlineData("patience > 3", "nothing to filter by: \"patience\"", "; write schedulerPatience or earlyStoppingPatience")]
    [InlineData("status = broken", "unknown status: \"broken\"", "allowed: pending")]
    [InlineData("model > adam", "this has no size", "allowed: =, !=, ~ and in")]
    [InlineData("optimizer = adam and optimizer > 0", "character 34: this has no size", "")]
    [InlineData("model=ResNet18", "character 7: model has no such value, unknown value: \"ResNet18\"; write resnet18", "")]
    [InlineData("model in (resnet18, ResNet-34)", "character 21: model has no such value", "; write resnet34")]
    [InlineData("model = nothing_like_it", "unknown value: \"nothing_like_it\"", "allowed: small_cnn, ")]
    [InlineData("optimizer != Adam", "unknown value: \"Adam\"", "; write adam")]
    [InlineData("augmentation = standart", "augmentation has no such value", "did you mean \"standard\"?")]
    [InlineData("lr = '0.001'", "learningRate has no such value", "; remove the quotes: 0.001")]
    [InlineData("lr > 1/10", "not a number: \"1/10\"; write 0.1; allowed: such as", "")]
    [InlineData("epochs = 0", "epochs has no such value, out of range: 0", "")]
    [InlineData("freezeBatchNorm = yes", "freezeBatchNorm has no such value", "; write true")]
    [InlineData("acc > 90", "out of range: \"90\"; write 0.9; allowed: a share", "")]
    [InlineData("acc > 90%", "not a number: \"90%\"", "; write 0.9")]
    [InlineData("schedulerMilestones = '[10,'", "not a list: \"[10,\"", "")]
    [InlineData("status = done", "unknown status: \"done\"; write completed; allowed: pending", "")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u", "character 41: more words to search for than 20", "")]
    [InlineData("model = 'adam", "the text that begins with ' has no end", "")]
    [InlineData("'; DROP TABLE Runs; --", "has no end", "")]
    [InlineData("startedAt > soon", "not a time: \"soon\"", "")]
    public async Task List_BadFilter_SaysWhereAndWhatIsAllowed(string filter, string problem, string allowed)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string text = body.RootElement.GetProperty("errors").GetProperty("filter")[0].GetString()!;
        Assert.Contains(problem, text, StringComparison.Ordinal);
        Assert.Contains(allowed, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "", "2 of 4: 1 < > 3")]
    [InlineData(1, "?sort=-validation/accuracy", "1 of 4: - < > 3")]
    [InlineData(0, "?sort=-validation/accuracy", "3 of 4: 3 < > 4")]
    [InlineData(2, "?status=completed&sort=cell", "3 of 3: 2 < > -")]
    [InlineData(0, "?filter=acc%20%3E%200.6", "- of 2: - < > -")]
    public async Task Neighbors_OfARun_AreThoseOfTheList(int run, string query, string expected)
    {
        RunNeighbors found = await Host.GetAsync<RunNeighbors>($"/api/runs/{trained.RunIds[run]}/neighbors{query}");

        Assert.Equal(expected, $"{Text(found.Position)} of {found.Total}: {Text(found.Previous?.Cell)} < > {Text(found.Next?.Cell)}");

        static string Text(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";
    }

    [Theory]
    [InlineData("runs/{run}/neighbors?filter=seed%20%3D", HttpStatusCode.BadRequest)]
    [InlineData("runs/{run}/neighbors?sort=sed", HttpStatusCode.BadRequest)]
    [InlineData("runs/nothing/neighbors", HttpStatusCode.NotFound)]
    [InlineData("runs?take=1000", HttpStatusCode.BadRequest)]
    public async Task Get_WhatThereIsNot_IsRefused(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await Host.GetAsync($"/api/{path.Replace("{run}", trained.RunIds[0], StringComparison.Ordinal)}")).StatusCode);

    [Theory]
    [InlineData("#2", "2")]
    [InlineData("TEST #3", "3")]
    [InlineData("small_cnn test", "1 2 3 4")]
    [InlineData("{1}", "2")]
    [InlineData("elsewhere", "")]
    public async Task Search_Words_FindsRunsOfAllSweeps(string words, string cells)
    {
        string q = words.Replace("{1}", trained.RunIds[1], StringComparison.Ordinal);

        IReadOnlyList<FoundRun> found = await Host.GetAsync<IReadOnlyList<FoundRun>>($"/api/runs?q={Uri.EscapeDataString(q)}");

        Assert.Equal(cells, string.Join(' ', found.Select(run => run.Cell)));
        Assert.All(found, run => Assert.Equal((trained.SweepId, "test", "small_cnn"), (run.SweepId, run.SweepName, run.Model)));
    }

    [Theory]
    [InlineData('(')]
    [InlineData('x')]
    public async Task List_EndlessFilter_IsRefused(char filling)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?filter={new string(filling, 1_900)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("learningrat", "learningRate")]
    [InlineData("-validation/acuracy", "validation/accuracy")]
    [InlineData("'; DROP TABLE Runs; --", "allowed")]
    public async Task List_UnknownSort_NamesTheNearest(string sort, string text)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?sort={Uri.EscapeDataString(sort)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 3)]
    [InlineData("?filter=validation/accuracy%20>%200.6", 0, 2)]
    [InlineData("?status=queued", 1, 0)]
    public async Task Counts_Filtered_SayHowManyStandWhere(string query, int waiting, int completed)
    {
        RunCounts counts = await Host.GetAsync<RunCounts>($"/api/sweeps/{trained.SweepId}/runs/counts{query}");

        Assert.Equal((waiting, completed, waiting + completed), (counts.Pending + counts.Queued, counts.Completed, counts.Total));
    }

    [Fact]
    public async Task Counts_Ids_AreOfTheseRunsAlone() => Assert.Equal(
        2, (await Host.GetAsync<RunCounts>($"/api/sweeps/{trained.SweepId}/runs/counts?ids={trained.RunIds[0]},{trained.RunIds[2]}")).Total);

    [Fact]
    public async Task Csv_Sweep_HasARowPerRunAndAColumnPerHyperparameter()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.csv?sort=-validation/accuracy");
        string[] lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("test.csv", response.Content.Headers.ContentDisposition?.FileNameStar);
        string[] columns = lines[0].Split(',');
        Assert.Superset(HyperparameterCatalog.Names.ToHashSet(), columns.ToHashSet());
        Assert.Contains("validation/accuracy (best)", columns);
        Assert.Equal(["2", "3", "1", "4"], lines[1..5].Select(line => line.Split(',')[1]));
        Assert.Equal(["0.9", "0.7", "0.5", ""], lines[1..5].Select(line => line.Split(',')[Array.IndexOf(columns, "validation/accuracy (best)")]));
    }

    [Fact]
    public async Task Csv_SkipAndTake_GiveAPartOfTheRows()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.csv?skip=1&take=2");
        string csv = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["2", "3"], csv.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Json_Ids_GivesThoseRunsAsAFile()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.json?ids={trained.RunIds[2]},{trained.RunIds[0]}&sort=-cell");
        using JsonDocument runs = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("test.json", response.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal([3, 1], runs.RootElement.EnumerateArray().Select(run => run.GetProperty("cell").GetInt32()));
        Assert.Equal(0.5, runs.RootElement[1].GetProperty("summary").GetProperty("validation/accuracy").GetProperty("best").GetDouble());
    }

    [Fact]
    public async Task Names_Sweep_AreTheMetricsThatWereMeasuredAndTheWorkersThatTrained()
    {
        RunNames names = await Host.GetAsync<RunNames>($"/api/sweeps/{trained.SweepId}/names");

        Assert.Equal(["custom/metric", "validation/accuracy"], names.Metrics);
        Assert.Single(names.Workers);
    }

    [Fact]
    public async Task Artifact_Head_TellsItsLength()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/runs/{trained.RunIds[0]}/artifacts/best.safetensors");

        HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, 7L), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Artifact_Range_IsServedPartly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{trained.RunIds[0]}/artifacts/best.safetensors");
        request.Headers.Range = new RangeHeaderValue(2, 4);

        HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("igh", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(7, response.Content.Headers.ContentRange?.Length);
    }

    [Theory]
    [InlineData("last.safetensors")]
    [InlineData("checkpoint.safetensors")]
    [InlineData("..%2Fbest.safetensors")]
    public async Task Artifact_NotListed_IsNotFound(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync($"/api/runs/{trained.RunIds[0]}/artifacts/{name}")).StatusCode);
}
