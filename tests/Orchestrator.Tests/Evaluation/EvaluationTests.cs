using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Tests.Evaluation;

public sealed class EvaluationTests : IAsyncLifetime
{
    private static readonly EvaluationReport Report = new()
    {
        Split = "test",
        Images = 3,
        Epoch = 2,
        Classes = ["a", "b"],
        Confusion = [[1, 1], [0, 1]],
        Report = [new ClassReport("a", 1, 0.5, 2.0 / 3, 2), new ClassReport("b", 0.5, 1, 2.0 / 3, 1)],
        Accuracy = 2.0 / 3,
        MacroF1 = 2.0 / 3,
        WeightedF1 = 2.0 / 3,
        CalibrationError = 0.1,
        Calibration = [new CalibrationBin(0, 1, 3, 0.7, 2.0 / 3)],
    };

    private readonly TempFolder _folder = new();
    private readonly ModelAnswers _answers = new();
    private TestHost _host = null!;
    private ScriptedWorker _worker = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(_folder, addConsumers: _answers.AddTo);
        _worker = new ScriptedWorker(_host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_CompletedRun_IsWhatTheWorkerLeft()
    {
        RunClaimed run = await CompleteAsync();

        JsonElement answer = await _host.GetAsync<JsonElement>($"/api/runs/{run.RunId}/evaluation");
        Mistake[] mistakes = await _host.GetAsync<Mistake[]>($"/api/runs/{run.RunId}/evaluation/mistakes");

        Assert.Equal(JsonSerializer.Serialize(Report, ContractJson.Options), answer.GetRawText());
        Assert.Equal([1, 2, 3], Assert.Single(mistakes).Image);
    }

    [Fact]
    public async Task Compare_Classes_AreOfThoseThatWereEvaluated()
    {
        RunClaimed run = await CompleteAsync();
        const string Gone = "00000000000000000000000000";

        ClassComparison classes = await _host.GetAsync<ClassComparison>($"/api/runs/compare/classes?ids={Gone},{run.RunId},nonsense&measure=recall");

        Assert.Equal("recall", classes.Measure);
        Assert.Equal(["a", "b"], classes.Classes);
        Assert.Equal([2, 1], classes.Support);
        EvaluatedRun evaluated = Assert.Single(classes.Runs);
        Assert.Equal(run.RunId, evaluated.RunId);
        Assert.Equal([0.5, 1.0], evaluated.Values);
        Assert.Equal([Gone, "nonsense"], classes.Without);
        (HttpStatusCode status, string text) = await ReadAsync(await _host.GetAsync($"/api/runs/compare/classes?ids={run.RunId}&measure=f2"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("allowed: f1, precision, recall", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_Mistakes_AreThoseOfBoth()
    {
        RunClaimed run = await CompleteAsync();
        SweepView again = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "again"));
        string other = Assert.Single((await _host.GetAsync<Page<RunView>>($"/api/sweeps/{again.Id}/runs")).Items).Id;

        SharedMistakes shared = await _host.GetAsync<SharedMistakes>($"/api/runs/compare/mistakes?ids={run.RunId},{other}");

        Assert.Equal((3, 1, 1), (shared.Images, shared.BothWrong, shared.SameAnswer));
        Assert.False(shared.IsCut);
        SharedMistake mistake = Assert.Single(shared.Items);
        Assert.Equal(("1.png", "a"), (mistake.Place, mistake.Actual));
        Assert.Equal([1, 2, 3], mistake.Image);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync($"/api/runs/compare/mistakes?ids={run.RunId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"/api/runs/compare/mistakes?ids={run.RunId},00000000000000000000000000")).StatusCode);
    }

    [Fact]
    public async Task Get_ReusedRun_IsTheOriginals()
    {
        RunClaimed run = await CompleteAsync();
        SweepView again = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "again"));
        RunView reused = Assert.Single((await _host.GetAsync<Page<RunView>>($"/api/sweeps/{again.Id}/runs")).Items);
        Assert.Equal(run.RunId, reused.ReusedFrom);

        EvaluationReport report = await _host.GetAsync<EvaluationReport>($"/api/runs/{reused.Id}/evaluation");
        await PredictAsync(reused.Id, [1]);

        Assert.Equal(Report.Accuracy, report.Accuracy);
        Assert.Equal(run.RunId, Assert.IsType<PredictImage>(Assert.Single(_answers.Questions)).RunId);
    }

    [Fact]
    public async Task Get_RunThatStillTrains_SaysThatItComesLater()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await _worker.ClaimAsync();

        foreach (string path in (string[])["evaluation", "evaluation/mistakes"])
        {
            (HttpStatusCode status, string text) = await ReadAsync(await _host.GetAsync($"/api/runs/{run.RunId}/{path}"));

            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("its best weights are evaluated when it completes; it is running", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Initialization_RunThatStillTrains_IsThereOnceItIsWritten()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await _worker.ClaimAsync();
        string path = $"/api/runs/{run.RunId}/initialization";
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync(path)).StatusCode);

        await LeaveAsync(run, Initialization.FileName, """
            { "source": "imagenet", "file": "a.pth", "loaded": ["conv1.weight"], "adapted": [], "replaced": [], "kept": [], "skipped": [] }
            """);

        Assert.Equal(["conv1.weight"], (await _host.GetAsync<Initialization>(path)).Loaded);
    }

    [Fact]
    public async Task Predict_Picture_IsAnsweredByAWorker()
    {
        RunClaimed run = await CompleteAsync();
        _answers.Answer = _ => new PredictionView([new ClassProbability("b", 0.75), new ClassProbability("a", 0.25)]);

        (HttpStatusCode status, string text) = await ReadAsync(await PredictAsync(run.RunId, [7, 8]));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"predictions":[{"class":"b","probability":0.75},{"class":"a","probability":0.25}]}""", text);
        PredictImage question = Assert.IsType<PredictImage>(Assert.Single(_answers.Questions));
        Assert.Equal((run.RunId, 1), (question.RunId, question.Attempt));
        Assert.Equal([7, 8], question.Image);
    }

    [Fact]
    public async Task Predict_RunThatStillTrains_TakesTheBestWeightsSoFar()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await _worker.ClaimAsync();
        _answers.Answer = _ => new PredictionView([]);
        Assert.Equal(HttpStatusCode.Conflict, (await PredictAsync(run.RunId, [1])).StatusCode);

        await LeaveAsync(run, "best.safetensors", "weights");

        Assert.Equal(HttpStatusCode.OK, (await PredictAsync(run.RunId, [1])).StatusCode);
    }

    [Theory]
    [InlineData(ModelRequestProblem.Image, HttpStatusCode.BadRequest)]
    [InlineData(ModelRequestProblem.Weights, HttpStatusCode.Conflict)]
    public async Task Predict_WorkerRefuses_SaysWhy(ModelRequestProblem problem, HttpStatusCode expected)
    {
        RunClaimed run = await CompleteAsync();
        _answers.Answer = _ => new ModelRequestRefused(problem, "it is of no use");

        (HttpStatusCode status, string text) = await ReadAsync(await PredictAsync(run.RunId, [1]));

        Assert.Equal(expected, status);
        Assert.Contains("it is of no use", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_WorkerFails_IsItsFault()
    {
        RunClaimed run = await CompleteAsync();

        (HttpStatusCode status, string text) = await ReadAsync(await PredictAsync(run.RunId, [1]));

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("no answer is prepared", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_NothingUsableSent_IsABadRequest()
    {
        RunClaimed run = await CompleteAsync();
        string path = $"/api/runs/{run.RunId}/predict";
        using var noFile = new MultipartFormDataContent { { new StringContent("text"), "image" } };
        using var text = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var torn = new StringContent("--x\r\nnonsense", System.Text.Encoding.UTF8);
        torn.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } };

        Assert.Equal(HttpStatusCode.BadRequest, (await PredictAsync(run.RunId, [])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.PostAsync(path)).StatusCode);
        foreach (HttpContent content in (HttpContent[])[noFile, text, torn])
        {
            HttpResponseMessage response = await _host.Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Empty(_answers.Questions);
    }

    [Fact]
    public async Task Predict_LargePicture_IsTakenUpTo20Megabytes()
    {
        const int Allowed = 20 * 1024 * 1024;
        RunClaimed run = await CompleteAsync();
        _answers.Answer = _ => new PredictionView([]);

        Assert.Equal(HttpStatusCode.OK, (await PredictAsync(run.RunId, new byte[Allowed])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PredictAsync(run.RunId, new byte[Allowed + 1])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PredictAsync(run.RunId, new byte[Allowed + (1 << 20)])).StatusCode);
    }

    [Fact]
    public async Task Predict_NoWorker_IsUnavailable()
    {
        using var folder = new TempFolder();
        await using TestHost alone = await TestHost.StartAsync(folder, settings: new Dictionary<string, string?> { ["ModelRequests:AnswerSeconds"] = "0.2" });
        await alone.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await new ScriptedWorker(alone).ClaimAsync();
        await LeaveAsync(run, "best.safetensors", "weights", alone);

        (HttpStatusCode status, string text) = await ReadAsync(await PredictAsync(run.RunId, [1], alone));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("no worker answered within 0.2 s", text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(HttpResponseMessage response) =>
        (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private async Task<HttpResponseMessage> PredictAsync(string runId, byte[] image, TestHost? host = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "whatever", "picture.png" } };
        return await (host ?? _host).Client.PostAsync(new Uri($"/api/runs/{runId}/predict", UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    private async Task<RunClaimed> CompleteAsync()
    {
        SweepView sweep = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await _worker.ClaimAsync();
        await LeaveAsync(run, "best.safetensors", "weights");
        await LeaveAsync(run, "evaluation.json", JsonSerializer.Serialize(Report, ContractJson.Options));
        await LeaveAsync(run, "predictions.csv", "place,label,predicted,class1,probability1\r\n1.png,a,b,b,0.9\r\n2.png,a,a,a,0.6\r\n3.png,b,b,b,1\r\n");
        await LeaveAsync(run, "mistakes.json", JsonSerializer.Serialize((Mistake[])[new("1.png", "a", "b", 0.9, 0.1, [1, 2, 3])], ContractJson.Options));
        for (int epoch = 1; epoch <= run.Epochs.Last; epoch++)
        {
            await _worker.FinishEpochAsync(run, epoch);
        }

        string[] names = ["best.safetensors", "evaluation.json", "mistakes.json", "predictions.csv"];
        await _worker.EndAsync(run, AttemptOutcome.Completed, null, [.. names.Select(name => new Artifact(name, 1, "abc"))]);
        await _host.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);
        return run;
    }

    private async Task LeaveAsync(RunClaimed run, string name, string content, TestHost? host = null)
    {
        string folder = (host ?? _host).Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, run.Attempt);
        await File.WriteAllTextAsync(Path.Combine(folder, name), content, TestContext.Current.CancellationToken);
    }
}
