using System.Diagnostics;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Sweeps.Planning;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Runs.Inputs;

/// <summary>The Orchestrator's answers to workers about the input files of a run.</summary>
public sealed class RunInputsTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly TempFolder _images = new();
    private readonly TempFolder _weights = new();

    public RunInputsTests()
    {
        Write("a/1.png", "one");
        Write("a/readme.txt", "not used");
        Write("b/1.png", "two");
        File.WriteAllText(Weights, "weights");
    }

    private string Weights => Path.Combine(_weights.Path, "own.pth");

    private FileSet Images => DatasetFiles.Look("imagefolder", _images.Path, TestTimeout.Token).Files.Used;

    [Fact]
    public async Task Claim_FolderAndFile_CarriesWhatTheyWereAtTheLaunch()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        SeenFiles images = Images.Describe([]);
        SeenFiles weights = FileSet.Look(Weights).Describe([]);
        await LaunchAsync(host);
        Write("a/1.png", "changed since");
        File.WriteAllText(Weights, "changed since");

        RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();

        Assert.Equal(new RunInputs(images, weights), claim.Inputs);
        Assert.Equal((2, 6L), (images.Count, images.Bytes));
    }

    [Fact]
    public async Task Claim_OfAnExtension_CarriesWhatTheyWereThen()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        SweepView sweep = await LaunchAsync(host);
        var worker = new ScriptedWorker(host);
        RunClaimed first = await worker.ClaimAsync();
        Write("a/2.png", "added");
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", """{ "grid": { "seed": [2] } }""", "application/json");

        RunClaimed second = await worker.ClaimAsync();

        Assert.Equal((2, 3), (first.Inputs!.Data!.Count, second.Inputs!.Data!.Count));
    }

    [Fact]
    public async Task Claim_BuiltInDataOrARunOfAnEarlierVersion_CarriesNothing()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed builtIn = await worker.ClaimAsync();
        await LaunchAsync(host);
        await host.Get<StateWriter>().WriteAsync(
            unit => unit.Db.Runs.ExecuteUpdateAsync(runs => runs.SetProperty(run => run.Inputs, (string?)null), unit.CancellationToken), TestTimeout.Token);

        RunClaimed old = await worker.ClaimAsync();

        Assert.Null(builtIn.Inputs);
        Assert.Null(old.Inputs);
    }

    [Fact]
    public async Task Describe_FilesAsTheyWere_TellsTheirContentAlsoLater()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        string images = Images.ReadContent(TestTimeout.Token);
        string weights = FileSet.Look(Weights).ReadContent(TestTimeout.Token);
        await LaunchAsync(host);
        RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();
        string? before = (await DescribeAsync(host, claim, RunInput.Data)).Digest;
        Write("a/1.png", "changed since");

        InputContent after = await DescribeAsync(host, claim, RunInput.Data);

        Assert.Equal(images, before);
        Assert.Equal(new InputContent(images, null), after);
        Assert.Equal(new InputContent(weights, null), await DescribeAsync(host, claim, RunInput.Weights));
    }

    /// <summary>Files are read in the background after a launch, and the result is stored: another Orchestrator on the same folder knows it.</summary>
    [Fact]
    public async Task Describe_FilesThatChangedAfterTheLaunch_TellsWhatWasInThem()
    {
        string images = Images.ReadContent(TestTimeout.Token);
        RunClaimed claim;
        await using (TestHost host = await TestHost.StartAsync(_folder))
        {
            await LaunchAsync(host);
            claim = await new ScriptedWorker(host).ClaimAsync();
            await TestTimeout.UntilAsync(() => CountKnownAsync(host), known => known == 2);
        }

        Write("a/1.png", "changed since");
        await using TestHost next = await TestHost.StartAsync(_folder);

        Assert.Equal(new InputContent(images, null), await DescribeAsync(next, claim, RunInput.Data));
    }

    /// <summary>Happens after an update from a version that did not store it.</summary>
    [Fact]
    public async Task Describe_FilesThatChangedBeforeTheyWereRead_SaysSoUntilTheyArePutBack()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        string images = Images.ReadContent(TestTimeout.Token);
        await LaunchAsync(host);
        RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();
        await TestTimeout.UntilAsync(() => CountKnownAsync(host), known => known == 2);
        await host.Get<StateWriter>().WriteAsync(unit => unit.Db.InputDigests.ExecuteDeleteAsync(unit.CancellationToken), TestTimeout.Token);
        Write("a/1.png", "eno");
        File.SetLastWriteTimeUtc(Path.Combine(_images.Path, "a", "1.png"), Then.AddDays(1));

        InputContent changed = await DescribeAsync(host, claim, RunInput.Data);
        Directory.Delete(Path.Combine(_images.Path, "a"), recursive: true);
        InputContent gone = await DescribeAsync(host, claim, RunInput.Data);
        Write("a/1.png", "one");
        InputContent back = await DescribeAsync(host, claim, RunInput.Data);

        Assert.Equal(new InputContent(null, "they also changed on the machine of the Orchestrator, before it had read them"), changed);
        Assert.StartsWith("they cannot be read on the machine of the Orchestrator: ", gone.Problem, StringComparison.Ordinal);
        Assert.Equal(images, back.Digest);
    }

    /// <summary>Happens after a crash of the Orchestrator right after the launch.</summary>
    [Fact]
    public async Task Start_FilesOfUnendedRunsThatWereNotRead_ReadsThem()
    {
        await using (TestHost host = await TestHost.StartAsync(_folder))
        {
            await LaunchAsync(host);
            await TestTimeout.UntilAsync(() => CountKnownAsync(host), known => known == 2);
            await host.Get<StateWriter>().WriteAsync(unit => unit.Db.InputDigests.ExecuteDeleteAsync(unit.CancellationToken), TestTimeout.Token);
        }

        await using TestHost next = await TestHost.StartAsync(_folder);

        await TestTimeout.UntilAsync(() => CountKnownAsync(next), known => known == 2);
    }

    /// <summary>Files elsewhere may have the same names, sizes and modification times.</summary>
    [Fact]
    public async Task Describe_TwoFilesThatLookTheSame_TellsEachItsContent()
    {
        using var elsewhere = new TempFolder();
        string other = Path.Combine(elsewhere.Path, "own.pth");
        File.WriteAllText(other, "sthgiew");
        File.SetLastWriteTimeUtc(Weights, Then);
        File.SetLastWriteTimeUtc(other, Then);
        string[] contents = [FileSet.Look(Weights).ReadContent(TestTimeout.Token), FileSet.Look(other).ReadContent(TestTimeout.Token)];
        await using TestHost host = await TestHost.StartAsync(_folder);
        var worker = new ScriptedWorker(host);
        await LaunchAsync(host);
        RunClaimed first = await worker.ClaimAsync();
        await LaunchAsync(host, other);
        RunClaimed second = await worker.ClaimAsync();

        string?[] described = [(await DescribeAsync(host, first, RunInput.Weights)).Digest, (await DescribeAsync(host, second, RunInput.Weights)).Digest];

        Assert.Equal(first.Inputs!.Weights, second.Inputs!.Weights);
        Assert.Equal(contents, described);
    }

    /// <summary>A named pipe among the images is never read, and does not block the answer.</summary>
    [Fact]
    public async Task Describe_PipeAmongTheImages_IsAnswered()
    {
        await MakePipeAsync(Path.Combine(_images.Path, "a", "z.png"));
        await using TestHost host = await TestHost.StartAsync(_folder);
        await LaunchAsync(host);

        RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();
        await TestTimeout.UntilAsync(() => CountKnownAsync(host), known => known == 2);

        Assert.NotNull((await DescribeAsync(host, claim, RunInput.Data)).Digest);
    }

    [Fact(Timeout = 60_000)]
    public async Task Launch_WeightsThatAreAPipe_IsRefused()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        File.Delete(Weights);
        await MakePipeAsync(Weights);
        await using TestHost host = await TestHost.StartAsync(_folder);

        string? problem = await Task.Run(() => host.Get<PretrainedCheck>().WhyUnusableAsync([new Hyperparameters { Pretrained = Weights }], cancel), cancel).WaitAsync(cancel);

        Assert.StartsWith($"not a regular file, or empty: \"{Weights}\"; allowed: ", problem, StringComparison.Ordinal);
    }

    /// <summary>Additional files next to those of a published data set are part of its key, but are not compared.</summary>
    [Theory]
    [InlineData("mnist", "MNIST/raw/train-images-idx3-ubyte.gz", "MNIST/raw/t10k-labels-idx1-ubyte")]
    [InlineData("fashion-mnist", "train-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz")]
    [InlineData("cifar10", "cifar-10-batches-bin/data_batch_1.bin", "cifar-10-batches-bin/test_batch.bin")]
    [InlineData("cifar100", "train.bin", "test.bin")]
    public void Look_FileNextToThoseOfAPublishedDataSet_ChangesOnlyTheKey(string dataset, string one, string another)
    {
        Write(one, "one");
        Write(another, "another");
        (DatasetFiles before, string key) = DatasetFiles.Look(dataset, _images.Path, TestTimeout.Token);
        Write("notes.txt", "notes");

        (DatasetFiles after, string other) = DatasetFiles.Look(dataset, _images.Path, TestTimeout.Token);
        Write(one, "changed");

        Assert.Equal((2, 10L), (before.Seen.Count, before.Seen.Bytes));
        Assert.Equal(before.Seen, after.Seen);
        Assert.NotEqual(key, other);
        Assert.NotEqual(before.Stamp, DatasetFiles.Look(dataset, _images.Path, TestTimeout.Token).Files.Stamp);
    }

    [Fact]
    public async Task Describe_InputThatWasNotPlanned_IsUnknown()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();

        Assert.Contains("is unknown", (await DescribeAsync(host, claim, RunInput.Data)).Problem, StringComparison.Ordinal);
        Assert.Contains("no longer exists", (await DescribeAsync(host, claim with { RunId = "nothing" }, RunInput.Data)).Problem, StringComparison.Ordinal);
    }

    /// <summary>Workers and Orchestrators of earlier versions do not support inputs.</summary>
    [Fact]
    public void Claim_WithoutInputs_IsReadAsBefore()
    {
        const string Json = """
            { "sweepId": "s", "runId": "r", "attempt": 1, "hyperparameters": {}, "dataset": { "name": "digits" }, "objective": { "metric": "validation/accuracy", "goal": "maximize" },
              "epochs": { "first": 0, "last": 2 }, "leaseSeconds": 15 }
            """;

        Assert.Null(JsonSerializer.Deserialize<RunClaimed>(Json, ContractJson.Options)!.Inputs);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
        _weights.Dispose();
    }

    private static async Task MakePipeAsync(string path)
    {
        using Process made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(TestTimeout.Token);
    }

    private Task<SweepView> LaunchAsync(TestHost host, string? weights = null) => host.PostAsync<SweepView>(
        "/api/sweeps", $"name: own\ndataset: {{ name: imagefolder, path: {_images.Path} }}\nbase: {{ epochs: 1, pretrained: {weights ?? Weights} }}\ngrid: {{ seed: [1] }}\n");

    private static async Task<InputContent> DescribeAsync(TestHost host, RunClaimed run, RunInput input) =>
        (await host.Get<IBus>().CreateRequestClient<DescribeInput>(MessageAddresses.Exchange(QueueNames.RunInputs))
            .GetResponse<InputContent>(new DescribeInput(run.RunId, input), TestTimeout.Token)).Message;

    private static async Task<int> CountKnownAsync(TestHost host)
    {
        await using StateContext db = await host.Get<IDbContextFactory<StateContext>>().CreateDbContextAsync(TestTimeout.Token);
        return await db.InputDigests.CountAsync(TestTimeout.Token);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_images.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Then);
    }
}
