using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Analysis;

/// <summary>Reads of a sweep of four runs, of which three completed with accuracies 0.5, 0.9 and 0.7.</summary>
public sealed class AnalysisReadTests(TrainedSweep trained) : IClassFixture<TrainedSweep>
{
    private string Sweep => $"/api/sweeps/{trained.SweepId}";

    [Fact]
    public async Task Columns_OfAllKinds_HaveAValuePerRun()
    {
        RunColumns runs = await trained.Host.GetAsync<RunColumns>(
            $"{Sweep}/columns?columns=seed,model,freezeBatchNorm,gradientClipping,validation/accuracy,custom/metric,status,duration,epoch");

        Assert.Equal([1, 2, 3, 4], runs.Cells);
        Assert.Equal(trained.RunIds, runs.Ids.Take(3));
        Assert.Equal([RunStatus.Completed, RunStatus.Completed, RunStatus.Completed], runs.Statuses.Take(3));
        Assert.Equal([1.0, 2.0, 3.0, 4.0], Values(runs, "seed"));
        Assert.Equal([0.5, 0.9, 0.7, null], Values(runs, "validation/accuracy"));
        Assert.Equal([1.0, 1.0, 1.0, null], Values(runs, "custom/metric"));
        Assert.Equal(["small_cnn", "small_cnn", "small_cnn", "small_cnn"], Values(runs, "model"));
        Assert.Equal([true, true, true, true], Values(runs, "freezeBatchNorm"));
        Assert.Equal([null, null, null, null], Values(runs, "gradientClipping"));
        Assert.Equal("completed", Values(runs, "status")[0]);
        Assert.IsType<double>(Values(runs, "duration")[0]);
        Assert.Equal([1.0, 1.0, 1.0, 0.0], Values(runs, "epoch"));
    }

    [Fact]
    public async Task Columns_StatusAndFilter_SelectRuns()
    {
        RunColumns runs = await trained.Host.GetAsync<RunColumns>($"{Sweep}/columns?columns=seed&status=completed&filter={Uri.EscapeDataString("validation/accuracy > 0.6")}");

        Assert.Equal([2, 3], runs.Cells);
    }

    [Fact]
    public async Task Progress_OfASweep_HasItsImprovementsAndEpochs()
    {
        ProgressView progress = await trained.Host.GetAsync<ProgressView>($"{Sweep}/progress");

        Assert.Equal([(1L, 0.5, 1), (2L, 0.9, 2)], progress.Points.Select(point => (point.Epochs, point.Value, point.Cell)));
        Assert.Equal(trained.RunIds[1], progress.Points[^1].RunId);
        Assert.Equal((3, 8), (progress.Epochs, progress.AllEpochs));
        Assert.NotNull(progress.LastAt);
    }

    [Theory]
    [InlineData("progress?maxPoints=1", "not allowed: \"1\"; allowed: a whole number from 2")]
    [InlineData("columns?columns=lerningRate", "did you mean \"learningRate\"?")]
    [InlineData("columns?columns=seed,validation/acc", "write validation/accuracy")]
    [InlineData("columns?columns=x'--", "no such column: \"x'--\"")]
    [InlineData("columns", "0 columns; allowed: 1 to 100")]
    [InlineData("columns?columns=seed&filter=seed%20%3D", "character")]
    [InlineData("importance?metric=validation/acuracy", "did you mean \"validation/accuracy\"?")]
    [InlineData("importance?hyperparameters=modle", "did you mean \"model\"?")]
    [InlineData("importance?metric=seed&hyperparameters=seed", "not a hyperparameter to explain seed with")]
    public async Task Read_NameThatIsNotThere_NamesTheNearest(string path, string problem)
    {
        HttpResponseMessage response = await trained.Host.GetAsync($"{Sweep}/{path}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string text = string.Join('\n', body.RootElement.GetProperty("errors").EnumerateObject().SelectMany(error => error.Value.EnumerateArray()));
        Assert.Contains(problem, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importance_ThreeRuns_AreTooFew()
    {
        ImportanceView importance = await trained.Host.GetAsync<ImportanceView>($"{Sweep}/importance");

        Assert.Equal(("validation/accuracy", 3, 8), (importance.Metric, importance.Runs, importance.RunsNeeded));
        Assert.Empty(importance.Hyperparameters);
    }

    [Fact]
    public async Task Attempts_OfASweep_TellWhoTrainedWhatWhen()
    {
        SweepAttempts attempts = await trained.Host.GetAsync<SweepAttempts>($"{Sweep}/attempts");

        Assert.Equal("worker-1", Assert.Single(attempts.Workers).Id);
        Assert.Equal(trained.RunIds, attempts.Runs);
        Assert.Equal([1, 2, 3], attempts.Cells);
        Assert.Equal([1, 1, 1], attempts.Attempts);
        Assert.Equal([AttemptOutcome.Completed, AttemptOutcome.Completed, AttemptOutcome.Completed], attempts.Outcomes);
        Assert.All(attempts.StartedAt.Zip(attempts.EndedAt), time => Assert.True(time.First <= time.Second));
        Assert.Equal([0, 0, 0], attempts.FirstEpochs);
        Assert.Equal([1, 1, 1], attempts.LastEpochs);
    }

    private static object?[] Values(RunColumns runs, string name) => [.. runs.Columns[name].Select(value => value.Value)];
}
