using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Api;

public sealed class ModelEndpointTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ModelAnswers _answers = new() { Answer = question => Summary((DescribeModel)question) };
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(_folder, addConsumers: _answers.AddTo);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("small_cnn", "", 10, 32, false)]
    [InlineData("resnet18", "", 10, 224, false)]
    [InlineData("resnet18", "?imageSize=32", 10, 32, true)]
    [InlineData("densenet121", "", 10, 224, false)]
    [InlineData("student_cnn", "", 10, 32, false)]
    [InlineData("resnet18", "?imageSize=32&smallInput=false&classes=3", 3, 32, false)]
    [InlineData("resnet18", "?classes=1000&smallInput=true", 1000, 224, true)]
    public async Task Get_Model_AsksForTheShape(string name, string query, int classes, int imageSize, bool smallInput)
    {
        ModelSummary summary = await _host.GetAsync<ModelSummary>($"/api/models/{name}{query}");

        Assert.Equal(new DescribeModel(name, classes, imageSize, smallInput), Assert.Single(_answers.Questions));
        Assert.Equal((name, 42), (summary.Name, summary.Parameters));
    }

    [Fact]
    public async Task Get_SameShapeAgain_SendsNoRequest()
    {
        await _host.GetAsync<ModelSummary>("/api/models/resnet18?classes=7");
        await _host.GetAsync<ModelSummary>("/api/models/resnet18?classes=7&imageSize=224");

        Assert.Single(_answers.Questions);
    }

    [Theory]
    [InlineData("/api/models/resnet18?classes=1", "classes")]
    [InlineData("/api/models/resnet18?imageSize=16", "imageSize")]
    [InlineData("/api/models/resnet18?imageSize=100000", "imageSize")]
    [InlineData("/api/models/resnet18?smallInput=maybe", "smallInput")]
    [InlineData("/api/models/small_cnn?smallInput=true", "smallInput")]
    public async Task Get_NoSuchShape_NamesTheParameter(string path, string parameter)
    {
        HttpResponseMessage response = await _host.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{parameter}\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(_answers.Questions);
    }

    [Fact]
    public async Task Get_WorkerRefuses_IsABadRequest()
    {
        _answers.Answer = _ => new ModelRequestRefused(ModelRequestProblem.Shape, "patches do not fit");

        HttpResponseMessage response = await _host.GetAsync("/api/models/resnet18");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("patches do not fit", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static ModelSummary Summary(DescribeModel shape) => new()
    {
        Name = shape.Model,
        Description = "",
        Classes = shape.Classes,
        ImageSize = shape.ImageSize,
        SmallInput = shape.SmallInput,
        Layers = [new LayerView("fc", "Linear", [10], 42, 32)],
        Parameters = 42,
        HeadParameters = 42,
        MultiplyAdds = 32,
        ParameterBytes = 168,
        ActivationBytes = 40,
    };
}
