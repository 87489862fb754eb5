using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Tests.Api.Clients;

/// <summary>The OpenAPI document is enough for a client: one is generated from it, and does what users do with the API.</summary>
public sealed class GeneratedClientTests(GeneratedClient client) : IClassFixture<GeneratedClient>
{
    private const string Weights = "the best weights";

    [Fact]
    public async Task Client_GeneratedFromTheDocument_LaunchesWatchesComparesAndDownloads()
    {
        string sweepId = await LaunchAsync();
        await TrainAsync();
        await WatchAsync(sweepId);
        dynamic page = await client.Calls.ListRunsAsync(sweepId, sort: "-validation/accuracy");
        dynamic[] runs = [.. page.Items];
        await CompareAsync(runs[0].Id, runs[1].Id);
        await DownloadAsync(sweepId, runs[0].Id);
    }

    /// <summary>Types of the document for all that the API refuses with.</summary>
    [Fact]
    public async Task Client_BadValue_IsToldWhatIsWrong()
    {
        dynamic refused = await Assert.ThrowsAnyAsync<Exception>(async () => await client.Calls.ListSweepsAsync(take: 10_001));

        Assert.Equal(400, refused.StatusCode);
        Assert.Equal(["not allowed: \"10001\"; allowed: a whole number from 0 to 10000"], (IEnumerable<string>)refused.Result.Errors["take"]);
    }

    private async Task<string> LaunchAsync()
    {
        dynamic sweep = client.New("SweepFile");
        sweep.Name = "from a generated client";
        sweep.Dataset = "digits";
        sweep.Base = new Dictionary<string, object> { ["epochs"] = 2 };
        sweep.Grid = new Dictionary<string, object> { ["model"] = (string[])["small_cnn", "resnet18"] };
        sweep.Objective = client.New("SweepObjective");
        sweep.Objective.Goal = client.Value("Goal", "Maximize");

        dynamic preview = await client.Calls.PreviewSweepAsync(sweep);
        Assert.Equal(2, preview.Runs);

        dynamic launched = await client.Calls.LaunchSweepAsync(sweep);
        Assert.Equal(2, launched.RunCounts.Total);
        Assert.Equal("Running", launched.Status.ToString());
        return launched.Id;
    }

    /// <summary>Simulates a worker, which does not use the API.</summary>
    private async Task TrainAsync()
    {
        var worker = new ScriptedWorker(client.Host);
        foreach (double accuracy in (double[])[0.5, 0.9])
        {
            RunClaimed run = await worker.ClaimAsync();
            string folder = client.Host.Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, run.Attempt);
            await File.WriteAllTextAsync(Path.Combine(folder, ArtifactNames.BestWeights), Weights, TestContext.Current.CancellationToken);
            await worker.FinishEpochAsync(run, 1, 0.4);
            await worker.FinishEpochAsync(run, 2, accuracy);
            await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact(ArtifactNames.BestWeights, Weights.Length, new string('0', 64)));
        }
    }

    private async Task WatchAsync(string sweepId)
    {
        dynamic sweep = await TestTimeout.UntilAsync<dynamic>(
            async () => await client.Calls.GetSweepAsync(sweepId), found => found.Status.ToString() == "Completed");
        Assert.Equal(0.9, sweep.BestValue);
        Assert.Null(sweep.FirstFailure);

        dynamic completed = await client.Calls.ListRunsAsync(sweepId, status: client.Value("RunStatus", "Completed"), take: 1);
        Assert.Equal(2, completed.Total);
        Assert.Single(completed.Items);
        Assert.NotNull(completed.Items[0].FinishedAt);

        dynamic curves = await client.Calls.GetRunMetricsAsync(sweep.BestRunId, name: (string[])["validation/accuracy", "validation/loss"], maxPoints: 100);
        Assert.Equal(2, curves.Count);
    }

    private async Task CompareAsync(string best, string other)
    {
        dynamic comparison = await client.Calls.CompareRunsAsync((string[])[best, other], metrics: (string[])["validation/accuracy"], times: false);

        Assert.Equal(["model"], (IEnumerable<string>)comparison.DifferingKeys);
        Assert.Equal("digits", comparison.SharedConfig["dataset"].ToString());
        IEnumerable<IEnumerable<object>> curve = comparison.Series["validation/accuracy"][best];
        Assert.Equal([0.4, 0.9], curve.Select(point => (double)point.Last()));
    }

    private async Task DownloadAsync(string sweepId, string best)
    {
        string[] rows = (await ReadAsync(await client.Calls.DownloadRunsCsvAsync(sweepId, filter: "model in (small_cnn, resnet18)"))).TrimEnd().Split('\n');
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("id,cell,status", rows[0], StringComparison.Ordinal);

        Assert.Equal(Weights, await ReadAsync(await client.Calls.DownloadArtifactAsync(best, ArtifactNames.BestWeights)));
    }

    private static async Task<string> ReadAsync(dynamic file)
    {
        using (file)
        {
            using var text = new StreamReader((Stream)file.Stream);
            return await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }
}
