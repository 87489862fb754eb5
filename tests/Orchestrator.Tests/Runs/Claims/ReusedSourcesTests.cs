using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Tests.Runs.Claims;

public sealed class ReusedSourcesTests
{
    private const string Weights = "best.safetensors";

    [Theory]
    [InlineData("pretrained")]
    [InlineData("teacher")]
    public async Task Claim_NamingARunThatTookOverItsResult_LeadsToItsFiles(string key)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed original = await worker.ClaimAsync();
        string left = host.Get<ArtifactFolder>().PrepareAttemptFolder(original.RunId, original.Attempt);
        await File.WriteAllTextAsync(Path.Combine(left, Weights), "", TestContext.Current.CancellationToken);
        await worker.EndAsync(original, AttemptOutcome.Completed, null, new Artifact(Weights, 0, "abc"));
        await host.UntilRunAsync(original.RunId, run => run.Status == RunStatus.Completed);
        SweepView again = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunView reused = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{again.Id}/runs")).Items.Single();
        Assert.Equal(original.RunId, reused.ReusedFrom);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, $"  {key}: [run:{reused.Id}]"));

        RunClaimed claim = await worker.ClaimAsync();

        string reference = key == "teacher" ? claim.Hyperparameters.Teacher : claim.Hyperparameters.Pretrained;
        Assert.NotNull(await host.Get<IArtifactStore>().FetchResultAsync(RunReference.IdOf(reference)!, Weights, TestContext.Current.CancellationToken));
    }
}
