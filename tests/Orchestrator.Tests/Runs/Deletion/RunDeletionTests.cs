using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Tests.Artifacts.Uploads;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Runs.Deletion;

/// <summary>Deletion over the API: what is removed, what is refused, and what arrives late.</summary>
public sealed class RunDeletionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_SweepThatEnded_LeavesNothingOfItAndAllOfOthers()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, 2, "gone");
        RunClaimed[] gone = [await runs.TrainAsync(), await runs.TrainAsync()];
        await LaunchAsync(host, 1, "stays", "reuse: false");
        RunClaimed stays = await runs.TrainAsync();
        DeletionPreview preview = await host.GetAsync<DeletionPreview>($"/api/sweeps/{sweep}/deletion");
        Assert.Equal((2, 2, 1004, 2, 2000), (preview.Runs, preview.Attempts, (int)preview.Points, (int)preview.LogLines, (int)preview.ArtifactBytes));
        Assert.True(preview.Bytes > preview.ArtifactBytes && preview.Obstacle is null && preview.NeededBy.Count == 0, preview.ToString());

        HttpResponseMessage response = await runs.DeleteAsync($"/api/sweeps/{sweep}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/sweeps/{sweep}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/runs/{gone[0].RunId}/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await runs.DeleteAsync($"/api/sweeps/{sweep}")).StatusCode);
        StorageView storage = await runs.UntilRemovedAsync();
        Assert.Empty(runs.LeftOf([.. gone.Select(run => run.RunId)]));
        Assert.Equal("stays", Assert.Single(storage.Sweeps).Name);
        Assert.Equal(1000, storage.Artifacts.Bytes);
        Assert.Equal(500, (await host.GetAsync<Dictionary<string, JsonElement>>($"/api/runs/{stays.RunId}/metrics?name=batch/loss"))["batch/loss"].GetArrayLength());
    }

    /// <summary>An SQLite statement has at most 32,766 parameters.</summary>
    [Fact]
    public async Task Delete_SweepOfVeryManyRuns_IsDeletedAsAWhole()
    {
        const int Runs = 33_000;
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, Runs, "many");
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/cancel");

        DeletionPreview preview = await host.GetAsync<DeletionPreview>($"/api/sweeps/{sweep}/deletion");
        HttpResponseMessage response = await runs.DeleteAsync($"/api/sweeps/{sweep}");

        Assert.Equal(Runs, preview.Runs);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Delete_WhatHasNotEnded_IsRefusedWithWhatToDo()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder, settings: new Dictionary<string, string?> { ["Leases:Seconds"] = "600" });
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, 1, "busy");
        RunClaimed run = await runs.Worker.ClaimAsync();

        Assert.Contains($"sweep {sweep} is running", Assert.Single(await runs.RefusedAsync($"/api/sweeps/{sweep}", "status")), StringComparison.Ordinal);
        Assert.Contains("cancel it first", Assert.Single(await runs.RefusedAsync($"/api/runs/{run.RunId}", "status")), StringComparison.Ordinal);
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/pause");
        Assert.Contains("is paused", Assert.Single(await runs.RefusedAsync($"/api/sweeps/{sweep}", "status")), StringComparison.Ordinal);
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/cancel");

        // The worker may still be writing to it.
        Assert.Contains("worker worker-1 has not stopped attempt 1", Assert.Single(await runs.RefusedAsync($"/api/sweeps/{sweep}", "status")), StringComparison.Ordinal);
        Assert.Contains("has not stopped", (await host.GetAsync<DeletionPreview>($"/api/runs/{run.RunId}/deletion")).Obstacle, StringComparison.Ordinal);
        await runs.Worker.EndAsync(run, AttemptOutcome.Cancelled);
        await TestTimeout.UntilAsync(() => runs.DeleteAsync($"/api/runs/{run.RunId}"), answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(0, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).RunCounts.Total);
        Assert.Equal(HttpStatusCode.NoContent, (await runs.DeleteAsync($"/api/sweeps/{sweep}")).StatusCode);
    }

    [Theory]
    [InlineData("seed: [1]", DependencyKind.Reuse, "took over the result of")]
    [InlineData("seed: [1]\n  pretrained: ['run:ID']", DependencyKind.Pretrained, "starts from the weights of")]
    [InlineData("seed: [1]\n  teacher: ['run:ID']", DependencyKind.Teacher, "learns from")]
    public async Task Delete_RunThatAnotherNeeds_IsKeptAndTheOtherNamed(string grid, DependencyKind kind, string reason)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string first = await LaunchAsync(host, 1, "first");
        RunClaimed needed = await runs.TrainAsync();
        string second = (await host.PostAsync<SweepView>(
            "/api/sweeps", $"name: second\ndataset: digits\nbase: {{ epochs: 2 }}\ngrid:\n  {grid.Replace("ID", needed.RunId, StringComparison.Ordinal)}\n")).Id;
        RunView other = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{second}/runs")).Items.Single();

        string told = Assert.Single(await runs.RefusedAsync($"/api/runs/{needed.RunId}", "neededBy"));
        Assert.Equal(told, Assert.Single(await runs.RefusedAsync($"/api/sweeps/{first}", "neededBy")));
        RunDependent dependent = Assert.Single((await host.GetAsync<DeletionPreview>($"/api/sweeps/{first}/deletion")).NeededBy);

        Assert.Contains($"run #1 of sweep \"second\" {reason} run #1", told, StringComparison.Ordinal);
        Assert.Equal((other.Id, "second", kind, needed.RunId, 1), (dependent.RunId, dependent.SweepName, dependent.Kind, dependent.NeededId, dependent.NeededCell));
        await host.PostAsync($"/api/sweeps/{second}/cancel");
        Assert.Equal(HttpStatusCode.NoContent, (await runs.DeleteAsync($"/api/sweeps/{second}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await runs.DeleteAsync($"/api/sweeps/{first}")).StatusCode);
        await runs.UntilRemovedAsync();
        Assert.Empty(runs.LeftOf(needed.RunId, other.Id));
    }

    [Fact]
    public async Task LateMessages_OfADeletedRun_BringNothingBackAndHoldNothingUp()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, 1, "gone");
        RunClaimed gone = await runs.TrainAsync();
        await runs.DeleteAsync($"/api/sweeps/{sweep}");
        await runs.UntilRemovedAsync();
        await LaunchAsync(host, 1, "next");
        RunClaimed next = await runs.Worker.ClaimAsync();

        // Does what a suspended worker would: files first.
        await runs.LeaveAsync(gone);
        await runs.Worker.FinishEpochAsync(gone, 2);
        await runs.Worker.EndAsync(gone, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 1000, "abc"));
        await runs.Worker.FinishEpochAsync(next, 1);

        await host.UntilRunAsync(next.RunId, run => run.Epoch == 1);
        await TestTimeout.UntilAsync(() => Task.FromResult(runs.LeftOf(gone.RunId)), left => left.Count == 0);
        Assert.Equal(HttpStatusCode.NotFound, (await new Uploading(host, gone).PutAsync("best.safetensors", [1, 2, 3])).StatusCode);
        Assert.Equal(Contracts.Workers.AttemptDirective.Abandon, (await runs.Worker.BeatAsync(gone)).Attempt);
        Assert.Empty(runs.LeftOf(gone.RunId));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/runs/{gone.RunId}")).StatusCode);
    }

    [Fact]
    public async Task Start_AfterAKillBehindTheMark_RemovesWhatIsLeft()
    {
        using var folder = new TempFolder();
        RunClaimed run;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            await LaunchAsync(host, 1, "gone");
            run = await new DeletedRuns(host, folder).TrainAsync();
        }

        // Exactly what the transaction of a deletion does.
        await using (StateContext state = Open(folder))
        {
            state.DeletedRuns.Add(new DeletedRun { RunId = run.RunId, SweepId = run.SweepId, DeletedAt = DateTimeOffset.UnixEpoch });
            await state.SaveChangesAsync(Cancelled);
            await state.Sweeps.ExecuteDeleteAsync(Cancelled);
        }

        await using TestHost next = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(next, folder);
        await runs.UntilRemovedAsync();

        Assert.Empty(runs.LeftOf(run.RunId));
    }

    [Fact]
    public async Task Start_FilesOfRunsThatWereNeverDeleted_Stay()
    {
        using var folder = new TempFolder();
        string unknown = Path.Combine(folder.Path, "artifacts", "00000000000000000000000000", "1");
        Directory.CreateDirectory(unknown);
        await File.WriteAllBytesAsync(Path.Combine(unknown, "best.safetensors"), new byte[7], Cancelled);
        await using TestHost host = await TestHost.StartAsync(folder);

        StorageView storage = await TestTimeout.UntilAsync(() => host.GetAsync<StorageView>("/api/storage"), view => view.Artifacts.Bytes > 0);

        Assert.Equal((7, 7), (storage.Artifacts.Bytes, storage.Artifacts.OtherBytes));
        Assert.True(File.Exists(Path.Combine(unknown, "best.safetensors")));
    }

    [Fact]
    public async Task BulkDelete_TakesWhatCanGoAndNamesWhyTheRestStays()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder, settings: new Dictionary<string, string?> { ["Leases:Seconds"] = "600" });
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, 3, "some");
        RunClaimed gone = await runs.TrainAsync();
        RunClaimed reused = await runs.TrainAsync();
        RunClaimed busy = await runs.Worker.ClaimAsync();
        await host.PostAsync<SweepView>("/api/sweeps", "name: again\ndataset: digits\nbase: { epochs: 2 }\ngrid: { seed: [2] }");
        string request = $$"""{"action":"delete","sweepId":"{{sweep}}","dryRun":DRY}""";

        BulkResult foreseen = await BulkAsync(host, request.Replace("DRY", "true", StringComparison.Ordinal));
        Assert.Equal(3, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).RunCounts.Total);
        BulkResult result = await BulkAsync(host, request.Replace("DRY", "false", StringComparison.Ordinal));

        Assert.Equal(foreseen.Runs, result.Runs);
        Assert.Equal((gone.RunId, true, null), (result.Runs[0].Id, result.Runs[0].Done, result.Runs[0].Reason));
        Assert.Contains("took over the result of run #2", result.Runs[1].Reason, StringComparison.Ordinal);
        Assert.Contains("run #3 is running", result.Runs[2].Reason, StringComparison.Ordinal);
        Assert.InRange(result.Bytes!.Value, 1001, 100_000);
        await runs.UntilRemovedAsync();
        Assert.Empty(runs.LeftOf(gone.RunId));
        Assert.Equal(2, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).RunCounts.Total);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task BulkDelete_AllRunsOfASweep_KeepsTheStatusThatItEndedWith(string status)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string sweep = await LaunchAsync(host, 1, "ended");
        if (status == "failed")
        {
            await runs.Worker.EndAsync(await runs.Worker.ClaimAsync(), AttemptOutcome.Failed, FailureKind.Data);
        }
        else
        {
            await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/cancel");
        }

        SweepView before = await host.UntilAsync(sweep, view => view.RunCounts.Ended == 1);
        await BulkAsync(host, $$"""{"action":"delete","sweepId":"{{sweep}}"}""");
        SweepView after = await host.GetAsync<SweepView>($"/api/sweeps/{sweep}");

        Assert.Equal((status, 0), (EnumText.Of(after.Status), after.RunCounts.Total));
        Assert.Equal((before.Status, before.FinishedAt, null), (after.Status, after.FinishedAt, after.Waits));
    }

    /// <summary>The run that took over the result is deleted in the second transaction of the request, or would be.</summary>
    [Fact]
    public async Task BulkDelete_MoreThanOneTransaction_DeletesWhatIsNeededByRunsOfTheSameRequest()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        await LaunchAsync(host, 1, "source");
        RunClaimed source = await runs.TrainAsync();
        string sweep = await LaunchAsync(host, 260, "many");
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/cancel");
        IReadOnlyList<RunView> views = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs?take=1000")).Items;
        string[] ids = [source.RunId, .. views.Where(run => run.ReusedFrom is null).Select(run => run.Id), Assert.Single(views, run => run.ReusedFrom == source.RunId).Id];
        string request = JsonSerializer.Serialize(new { action = "delete", ids, dryRun = true });

        BulkResult foreseen = await BulkAsync(host, request);
        BulkResult result = await BulkAsync(host, request.Replace("true", "false", StringComparison.Ordinal));

        Assert.Equal(261, foreseen.Done);
        Assert.Equal(foreseen.Runs, result.Runs);
        Assert.Equal(ids, result.Runs.Select(run => run.Id));
        Assert.Equal(0, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep}")).RunCounts.Total);
    }

    [Fact]
    public async Task Events_Deletion_SaysThatItIsGone()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        string sweep = await LaunchAsync(host, 2, "gone");
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep}/cancel");
        string run = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep}/runs")).Items[0].Id;
        using HttpResponseMessage response = await host.Client.GetAsync(
            new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestTimeout.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestTimeout.Token));
        await reader.ReadLineAsync(TestTimeout.Token);
        var runs = new DeletedRuns(host, folder);

        await runs.DeleteAsync($"/api/runs/{run}");
        await runs.DeleteAsync($"/api/sweeps/{sweep}");

        var wanted = new HashSet<ChangeEvent> { new(ChangeKind.Run, run, sweep, Deleted: true), new(ChangeKind.Sweep, sweep, sweep, Deleted: true) };
        while (wanted.Count > 0)
        {
            string line = (await reader.ReadLineAsync(TestTimeout.Token))!;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                ChangeEvent change = JsonSerializer.Deserialize<ChangeEvent>(line["data: ".Length..], ContractJson.Options)!;
                Assert.Equal(change.Deleted, line.Contains("\"deleted\":true", StringComparison.Ordinal));
                wanted.Remove(change);
            }
        }
    }

    private static async Task<string> LaunchAsync(TestHost host, int runs, string name, string more = "") =>
        (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(runs, more, name))).Id;

    private static Task<BulkResult> BulkAsync(TestHost host, string body) => host.PostAsync<BulkResult>("/api/runs/bulk", body, "application/json");

    private static StateContext Open(TempFolder folder) => new(new DbContextOptionsBuilder<StateContext>()
        .UseSqlite($"Data Source={Path.Combine(folder.Path, StorageFolder.StateFile)};Foreign Keys=True;Pooling=false").Options);
}
