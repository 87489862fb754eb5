using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Yaml;
using Experiments.TestServers;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Sweep files with random errors are either accepted or refused with an explanation.</summary>
public sealed class SweepFuzzTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";

    private static readonly string[] Sweeps =
    [
        SweepFiles.Quickstart,
        SweepFiles.Of(2, "priority: 3\nmaxConcurrency: 2\nmaxAttempts: 2\nreuse: false\ntags: [a, b]"),
        """
        name: everything
        dataset: { name: digits, limit: 200, validationFraction: 0.25 }
        objective: { metric: validation/loss, goal: minimize }
        base: { epochs: 3, batchSize: 32, scheduler: step, schedulerMilestones: [1, 2], augmentation: [{ randomCrop: { padding: 2 } }], earlyStoppingPatience: 2 }
        grid: { optimizer: [sgd, adamw], momentum: [0, 0.9], labelSmoothing: [0.0, 0.1], pretrained: [none] }
        exclude: [{ optimizer: adamw, momentum: 0.9 }]
        """,
    ];

    private static readonly string[] Extensions =
    [
        "grid: { seed: [1, 2, 3, 4] }", "grid:\n  seed: [5]\n  learningRate: [1e-3, 1e-2]\n", "{ \"grid\": { \"augmentation\": [\"none\", \"standard\"] } }",
    ];

    private TestHost Host => shared.Host;

    [Fact]
    public async Task Preview_SpoiltSweeps_AreReadOrRefusedWithWords()
    {
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 1, count: 1500))
        {
            await TryAsync(fuzz, "/api/sweeps/preview", Sweeps, HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Launch_SpoiltSweeps_AreStoredAsTheyReadOrRefusedWithWords()
    {
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 2, count: 300))
        {
            await TryAsync(fuzz, "/api/sweeps", Sweeps, HttpStatusCode.Created, CheckStoredAsync);
        }
    }

    [Fact]
    public async Task Extend_SpoiltGrids_AddRunsOrAreRefusedWithWords()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        SweepView before = sweep;
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 3, count: 300))
        {
            await TryAsync(fuzz, $"/api/sweeps/{sweep.Id}/extend", Extensions, HttpStatusCode.OK);
            SweepView after = await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");
            Assert.True(after.RunCounts.Total >= before.RunCounts.Total, fuzz.Describe("runs got lost", ""));
            before = after;
        }
    }

    /// <param name="check">Checks a successful answer.</param>
    private async Task TryAsync(FuzzCase fuzz, string path, string[] texts, HttpStatusCode success, Func<SweepView, Task>? check = null)
    {
        string text = texts[fuzz.Random.Next(texts.Length)];
        string type = text.StartsWith('{') ? Json : Yaml;
        if (type == Yaml && fuzz.Random.Next(3) == 0)
        {
            using JsonDocument json = YamlJson.ToJson(text);
            (text, type) = (json.RootElement.GetRawText(), Json);
        }

        string input = TextMutation.Of(text, fuzz.Random);
        using var body = new ByteArrayContent(Bytes(input, fuzz.Random));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await Host.Client.PostAsync(new Uri(path, UriKind.Relative), body, TestTimeout.Token);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.StatusCode != success)
        {
            string problem = $"{(int)response.StatusCode} from {path} ({type}): {answer}";
            Assert.True((int)response.StatusCode is 400 or 409 or 413 or 422, fuzz.Describe(problem, input));
            Assert.True(HostileAnswers.IsProblem(response, answer, withErrors: true), fuzz.Describe($"no problem details: {problem}", input));
        }
        else if (check is not null)
        {
            await check(JsonSerializer.Deserialize<SweepView>(answer, ContractJson.Options)!);
        }
    }

    /// <summary>A launched sweep can be read, listed and launched again. Then it is cancelled, to limit the number of runs.</summary>
    private async Task CheckStoredAsync(SweepView sweep)
    {
        Page<RunView> runs = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        string yaml = await (await Host.GetAsync($"/api/sweeps/{sweep.Id}/spec.yaml")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        SweepPreview again = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", yaml);

        Assert.Equal(sweep.RunCounts.Total, runs.Total);
        Assert.Equal(sweep.RunCounts.Total, again.Runs + again.Reused);
        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/cancel");
    }

    /// <summary>Usually UTF-8; sometimes with one byte broken.</summary>
    private static byte[] Bytes(string text, Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(10) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(0x80, 0x100);
        }

        return bytes;
    }
}
