using System.Globalization;
using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Planning;

/// <summary>Sweeps that are refused: the status, the path of the error, and a part of its text.</summary>
public sealed class BadSweepTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private TestHost Host => shared.Host;

    [Theory]
    [InlineData("name: x\ndataset: digits\nbase: { learning_rate: 0.1 }", "base.learning_rate", "learningRate")]
    [InlineData("name: x\ndataset: digits\nbase: { model: resnet19 }", "base.model", "resnet18")]
    [InlineData("name: x\ndataset: digits\nbase: { epochs: many }", "base.epochs", "many")]
    [InlineData("name: x\ndataset: digits\nbase: { epochs: 0 }", "base.epochs", "1 to 10000")]
    [InlineData("name: x\ndataset: digits\nbase: { epochs: 99999999999999999999 }", "base.epochs", "out of range")]
    [InlineData("name: x\ndataset: digits\ngrid: { epochs: [] }", "grid.epochs", "empty")]
    [InlineData("name: x\ndataset: digits\ngrid: { learningRate: [0.1, .nan] }", "grid.learningRate[1]", "nan")]
    [InlineData("name: x\ndataset: digits\ngrid: { learningRate: [1e999] }", "grid.learningRate[0]", "1e999")]
    [InlineData("name: x\ndataset: mnits", "dataset", "mnist")]
    [InlineData("dataset: digits", "name", "missing")]
    [InlineData("- a\n- b", "$", "a sweep")]
    [InlineData("name: [unclosed", "$", "line")]
    [InlineData("{ name: x, dataset: digits", "$", "line")]
    [InlineData("", "$", "")]
    public async Task Launch_BadYaml_AnswersWhatIsWrongAndWhere(string yaml, string path, string text)
    {
        HttpResponseMessage response = await Host.PostAsync("/api/sweeps", yaml);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, path, text);
    }

    [Theory]
    [InlineData("{ \"name\": ", "line 1")]
    [InlineData("name: x", "line 1, column 2")]
    [InlineData("\"text\"", "a sweep")]
    [InlineData("null", "a sweep")]
    [InlineData("{ \"name\": NaN }", "line 1")]
    public async Task Launch_BadJson_AnswersWhatIsWrong(string json, string text)
    {
        HttpResponseMessage response = await Host.PostAsync("/api/sweeps", json, "application/json");

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "$", text);
    }

    [Fact]
    public async Task Launch_DeeplyNestedJson_IsRefused() =>
        await AssertProblemAsync(
            await Host.PostAsync("/api/sweeps", new string('[', 100_000), "application/json"), HttpStatusCode.BadRequest, "$", "not JSON");

    [Theory]
    [InlineData("/api/sweeps")]
    [InlineData("/api/sweeps/preview")]
    public async Task Launch_TenMegabytes_IsTooLarge(string path) =>
        await AssertProblemAsync(
            await Host.PostAsync(path, "name: " + new string('x', 10_000_000)), HttpStatusCode.RequestEntityTooLarge, "$", "1,048,576");

    [Fact]
    public async Task Launch_OtherContentType_IsUnsupported() =>
        await AssertProblemAsync(
            await Host.PostAsync("/api/sweeps", SweepFiles.Quickstart, "text/plain"), HttpStatusCode.UnsupportedMediaType, "$", "text/plain");

    [Fact]
    public async Task Launch_WithoutBody_IsUnsupported() =>
        await AssertProblemAsync(await Host.PostAsync("/api/sweeps"), HttpStatusCode.UnsupportedMediaType, "$", "application/yaml");

    [Fact]
    public async Task Launch_NotUtf8_IsRefused()
    {
        using var content = new ByteArrayContent([0x6e, 0xff, 0xfe]);
        content.Headers.ContentType = new("application/yaml");

        HttpResponseMessage response = await Host.Client.PostAsync(
            new Uri("/api/sweeps", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "$", "UTF-8");
    }

    [Theory]
    [InlineData("dataset: { name: imagefolder, path: /no/such/folder }", "dataset.path", "/no/such/folder")]
    [InlineData("dataset: { name: imagefolder, path: /etc }", "dataset.path", "no image in the sub-folders of \"/etc\"")]
    [InlineData("dataset: { name: imagefolder, path: ../../../../etc }", "dataset.path", "a relative path")]
    [InlineData("dataset: { name: cifar10, path: /etc }", "dataset.path", "holds none of the files of cifar10, such as data_batch_1.bin")]
    [InlineData("dataset: digits\nbase: { pretrained: imagenet }\ngrid: { model: [resnet18, small_cnn] }", "pretrained", "no weights are published for small_cnn: \"imagenet\"")]
    [InlineData("dataset: digits\nbase: { pretrained: /no/such.pth }", "pretrained", "/no/such.pth")]
    [InlineData("dataset: digits\ngrid: { pretrained: [none, weights/own.pth] }", "pretrained", "a relative path, where a full one is needed")]
    [InlineData("dataset: digits\nbase: { pretrained: 'https://example.org/x.pth' }", "pretrained", "an address, and addresses are not fetched; download the file first and write its full path: \"https://example.org/x.pth\"")]
    [InlineData("dataset: digits\nbase: { pretrained: ~/x.pth }", "pretrained", "~ is not expanded; write the full path: \"~/x.pth\"")]
    [InlineData("dataset: digits\nbase: { pretrained: 'C:\\w\\x.pth' }", "pretrained", "a path of Windows, which this machine does not have")]
    [InlineData("dataset: digits\nbase: { pretrained: \"run:nothing\" }", "pretrained", "run:nothing")]
    [InlineData("dataset: digits\nbase: { teacher: \"run:nothing\" }", "teacher", "run:nothing")]
    [InlineData("dataset: digits\nbase: { pretrained: /no/such.safetensors }", "pretrained", "/no/such.safetensors")]
    [InlineData("dataset: digits\nmaxRuns: 2\ngrid: { seed: [1, 2, 3] }", "grid", "too many combinations: 3")]
    [InlineData("dataset: digits\nbase: { model: lenet5, imageSize: 8 }", "grid", "too small")]
    public async Task Launch_WellFormedButImpossible_AnswersWhy(string yaml, string path, string text) =>
        await AssertProblemAsync(await Host.PostAsync("/api/sweeps", "name: x\n" + yaml), HttpStatusCode.UnprocessableEntity, path, text);

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(1, "no image in the sub-folders of")]
    public async Task Launch_ImageFolderWithTooFewClasses_IsRefused(int classes, string text)
    {
        using var data = new TempFolder();
        for (int i = 0; i < classes; i++)
        {
            Directory.CreateDirectory(Path.Combine(data.Path, i.ToString(CultureInfo.InvariantCulture)));
        }

        HttpResponseMessage response = await Host.PostAsync(
            "/api/sweeps", $"name: x\ndataset: {{ name: imagefolder, path: {data.Path} }}");

        await AssertProblemAsync(response, HttpStatusCode.UnprocessableEntity, "dataset.path", text);
    }

    /// <summary>Broken links are left out, and no image remains.</summary>
    [Fact]
    public async Task Launch_BrokenLinksAlone_AreNoImages()
    {
        using var data = new TempFolder();
        foreach (string name in (string[])["a", "b"])
        {
            string folder = Directory.CreateDirectory(Path.Combine(data.Path, name)).FullName;
            File.CreateSymbolicLink(Path.Combine(folder, "image.png"), Path.Combine(data.Path, "gone.png"));
        }

        HttpResponseMessage response = await Host.PostAsync(
            "/api/sweeps", $"name: x\ndataset: {{ name: imagefolder, path: {data.Path} }}");

        await AssertProblemAsync(response, HttpStatusCode.UnprocessableEntity, "dataset.path", $"no image in the sub-folders of \"{data.Path}\" (left out: 2 links that lead nowhere)");
    }

    [Fact]
    public async Task Launch_PathWithNullCharacter_IsRefused() =>
        await AssertProblemAsync(
            await Host.PostAsync(
                "/api/sweeps", """{ "name": "x", "dataset": { "name": "imagefolder", "path": "/a\u0000b" } }""", "application/json"),
            HttpStatusCode.BadRequest, "dataset.path", "has control characters");

    [Fact]
    public async Task Launch_ManyProblems_AreReportedTogether()
    {
        HttpResponseMessage response = await Host.PostAsync("/api/sweeps", "name: ''\ndataset: nope\nbase: { epochs: -1, foo: 2 }\npriority: 10");

        JsonElement errors = (await ReadProblemAsync(response)).GetProperty("errors");
        Assert.True(errors.EnumerateObject().Count() >= 5, errors.ToString());
    }

    [Fact]
    public async Task Launch_Refused_StoresNothing()
    {
        Page<SweepView> before = await Host.GetAsync<Page<SweepView>>("/api/sweeps");
        await Host.PostAsync("/api/sweeps", "name: x\ndataset: digits\nmaxRuns: 1\ngrid: { seed: [1, 2] }");

        Assert.Equal(before.Total, (await Host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
    }

    private static async Task<JsonElement> ReadProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(text);
        Assert.Equal((int)response.StatusCode, document.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(document.RootElement.GetProperty("title").GetString()!);
        return document.RootElement.Clone();
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string path, string text)
    {
        JsonElement problem = await ReadProblemAsync(response);
        Assert.Equal(status, response.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(path, out JsonElement errors), problem.ToString());
        Assert.Contains(text, errors[0].GetString(), StringComparison.OrdinalIgnoreCase);
    }
}
