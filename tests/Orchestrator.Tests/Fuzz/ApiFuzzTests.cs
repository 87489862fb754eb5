using System.Text;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.TestServers;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Calls every endpoint in the OpenAPI document with invalid values: each is refused with an explanation, and stored data does not change.</summary>
public sealed class ApiFuzzTests : IAsyncLifetime
{
    private const int RequestsPerCall = 60;

    private readonly TempFolder _folder = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(_folder, addConsumers: QuestionsAnswered.AddTo);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EveryCall_HostileRequests_AreRefusedWithWordsAndNothingIsLost()
    {
        SweepView kept = await FinishedSweepAsync("kept");
        string[] ids = await VictimIdsAsync(await FinishedSweepAsync("victim", "reuse: false"));
        IReadOnlyList<DescribedCall> calls = DescribedCall.All(await _host.GetAsync<JsonElement>("/openapi/v1.json"));
        string before = await EverythingAsync(kept.Id);
        var requests = new HostileRequests(ids);

        Assert.True(calls.Count > 25, $"only {calls.Count} calls are described");
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 4, count: calls.Count * RequestsPerCall))
        {
            await TryAsync(fuzz, requests.Of(calls[fuzz.Number % calls.Count], _host.Client.BaseAddress!, fuzz.Random));
        }

        Assert.Equal(before, await EverythingAsync(kept.Id));
    }

    private async Task TryAsync(FuzzCase fuzz, HttpRequestMessage request)
    {
        using HttpRequestMessage sent = request;
        byte[] body = sent.Content is null ? [] : await sent.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        string shown = $"{sent.Method} {sent.RequestUri!.OriginalString}\n{sent.Headers}{sent.Content?.Headers}\n{Encoding.Latin1.GetString(body)}";

        // The event stream never ends: its headers are the answer.
        using HttpResponseMessage response = await _host.Client.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead, TestTimeout.Token);
        int status = (int)response.StatusCode;
        string answer = status >= 400 ? await response.Content.ReadAsStringAsync(TestTimeout.Token) : "";

        Assert.True(status < 500, fuzz.Describe($"{status}: {answer}", shown));
        Assert.True(
            status < 400 || IsRefusedByServer(response, answer) || sent.Method == HttpMethod.Head || HostileAnswers.IsProblem(response, answer, withErrors: false),
            fuzz.Describe($"{status} without problem details: {answer}", shown));
    }

    /// <summary>A request that is not valid HTTP, or too long, never reaches the API, and the answer does not say which.</summary>
    private static bool IsRefusedByServer(HttpResponseMessage response, string answer) =>
        (int)response.StatusCode is 400 or 414 or 431 && answer.Length == 0 && response.Headers.ConnectionClose == true;

    private async Task<SweepView> FinishedSweepAsync(string name, string more = "")
    {
        SweepView sweep = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, more, name));
        var worker = new ScriptedWorker(_host);
        for (int i = 0; i < sweep.RunCounts.Total; i++)
        {
            RunClaimed run = await worker.ClaimAsync();
            string folder = _host.Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, run.Attempt);
            await File.WriteAllTextAsync(Path.Combine(folder, ArtifactNames.BestWeights), $"weights of {run.RunId}", TestContext.Current.CancellationToken);
            await worker.FinishEpochAsync(run, 1, 0.4);
            await worker.FinishEpochAsync(run, 2, 0.6);
            await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact(ArtifactNames.BestWeights, 10, new string('0', 64)));
        }

        return await _host.UntilAsync(sweep.Id, view => view.Status == SweepStatus.Completed);
    }

    private async Task<string[]> VictimIdsAsync(SweepView victim)
    {
        Page<RunView> runs = await _host.GetAsync<Page<RunView>>($"/api/sweeps/{victim.Id}/runs");
        return [victim.Id, .. runs.Items.Select(run => run.Id), "worker-1", "resnet18", ArtifactNames.BestWeights];
    }

    /// <summary>Everything that can be read about a sweep and its runs.</summary>
    private async Task<string> EverythingAsync(string sweepId)
    {
        Page<RunView> runs = await _host.GetAsync<Page<RunView>>($"/api/sweeps/{sweepId}/runs");
        IEnumerable<string> paths = ((string[])["", "/runs", "/runs.csv", "/spec.yaml"]).Select(part => $"/api/sweeps/{sweepId}{part}")
            .Concat(runs.Items.SelectMany(run => ((string[])["", "/attempts", "/metrics", $"/artifacts/{ArtifactNames.BestWeights}"])
                .Select(part => $"/api/runs/{run.Id}{part}")));
        var all = new List<string>();
        foreach (string path in paths)
        {
            HttpResponseMessage response = await _host.GetAsync(path);
            all.Add($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        return string.Join('\n', all);
    }
}
