using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Orchestrator.Tests.Api;

/// <summary>One host for all: each test asks about something that the others do not.</summary>
public sealed class DatasetEndpointTests(DatasetEndpointTests.Answering answering) : IClassFixture<DatasetEndpointTests.Answering>
{
    private TestHost Host => answering.Host;

    [Fact]
    public async Task Get_BuiltIn_IsWhatTheWorkerFound()
    {
        DatasetView view = await Host.GetAsync<DatasetView>("/api/datasets/digits");

        Assert.Equal((10, 1), (view.Dataset.Classes, view.Dataset.Channels));
        Assert.Equal(["a", "b"], view.Contents!.Classes);
        Assert.Equal([2, 1], view.Contents.Splits[0].Counts);
        Assert.Null(view.WhyNot);
    }

    [Fact]
    public async Task Get_NotDownloadedYet_SaysSo()
    {
        DatasetView view = await Host.GetAsync<DatasetView>("/api/datasets/mnist");

        Assert.Null(view.Contents);
        Assert.Contains("not on this worker yet", view.WhyNot, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync("/api/datasets/mnist/samples")).StatusCode);
    }

    /// <summary>Neither names nor numbers: a caller of the API must not be able to browse the machine.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("private/letters")]
    [InlineData("private/letters;private/keys;other/")]
    [InlineData("pictures/a.png;private/keys")]
    public async Task Get_FolderWithoutClassesOfImages_TellsNothingOfIt(string entries)
    {
        using var folder = new TempFolder();
        foreach (string entry in entries.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetDirectoryName(entry)!));
            if (Path.GetFileName(entry).Length > 0)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.Path, entry), "x", TestContext.Current.CancellationToken);
            }
        }

        foreach (string address in (string[])["", "/samples", "/samples/0/0"])
        {
            HttpResponseMessage response = await Host.GetAsync($"/api/datasets/imagefolder{address}?path={folder.Path}");

            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal(
                $"\"{folder.Path}\" is no folder of images; allowed: a folder with at least two sub-folders, one per class, with image files in them",
                problem.GetProperty("errors").GetProperty("dataset.path")[0].GetString());
        }
    }

    [Theory]
    [InlineData("/proc", "imagefolder")]
    [InlineData("/proc/self", "imagefolder")]
    [InlineData("/sys/", "imagefolder")]
    public async Task Get_FoldersOfTheSystem_TellsNothingOfThem(string path, string name)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/datasets/{name}?path={path}");

        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(
            $"\"{path.TrimEnd('/')}\" is no folder of images; allowed: a folder with at least two sub-folders, one per class, with image files in them",
            problem.GetProperty("errors").GetProperty("dataset.path")[0].GetString());
    }

    [Fact]
    public async Task Get_SplitFoldersWithoutImagesAsAPublishedSet_TellsNothingOfThem()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "train", "secret"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "test", "secret"));

        HttpResponseMessage response = await Host.GetAsync($"/api/datasets/cifar10?path={folder.Path}");

        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("is no folder of images", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LinksBelowAClass_AreNotLookedInto()
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(elsewhere.Path, "1.jpg"), "x", TestContext.Current.CancellationToken);
        foreach (string name in (string[])["a", "b"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, name, "root"), elsewhere.Path);
        }

        HttpResponseMessage response = await Host.GetAsync($"/api/datasets/imagefolder?path={folder.Path}");

        Assert.Contains("is no folder of images", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.NotFound, "no data set")]
    [InlineData("imagefolder", HttpStatusCode.BadRequest, "missing; allowed: the folder that holds the files of imagefolder")]
    [InlineData("digits?path=/tmp", HttpStatusCode.BadRequest, "digits is built in")]
    [InlineData("imagefolder?path=/nowhere/at/all", HttpStatusCode.UnprocessableEntity, "no such folder")]
    [InlineData("imagefolder?path=data/pets", HttpStatusCode.UnprocessableEntity, "a relative path")]
    [InlineData("mnist?path=FOLDER", HttpStatusCode.UnprocessableEntity, "holds none of the files of mnist, such as train-images-idx3-ubyte")]
    [InlineData("cifar10?path=FOLDER", HttpStatusCode.UnprocessableEntity, "no CIFAR-10 in there")]
    [InlineData("digits/samples?part=-1", HttpStatusCode.BadRequest, "part")]
    [InlineData("digits/samples/x/0", HttpStatusCode.BadRequest, "a whole number")]
    [InlineData("digits/samples/0/7", HttpStatusCode.NotFound, "no image 7")]
    [InlineData("digits/samples/1/0", HttpStatusCode.NotFound, "cut short")]
    public async Task Get_Wrong_SaysWhat(string path, HttpStatusCode status, string problem)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/datasets/{path.Replace("FOLDER", answering.Folder, StringComparison.Ordinal)}");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_Images_AreServedOnceAsked()
    {
        ClassSamplesView[] classes = await Host.GetAsync<ClassSamplesView[]>("/api/datasets/fashion-mnist/samples");
        HttpResponseMessage first = await Host.GetAsync("/api/datasets/fashion-mnist/samples/0/0");
        HttpResponseMessage second = await Host.GetAsync("/api/datasets/fashion-mnist/samples/0/1");

        Assert.Equal(["line 1", "line 2"], classes[0].Samples.Select(sample => sample.Place));
        Assert.Equal("cut short", classes[1].Samples.Single().Problem);
        Assert.Equal("image/png", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("image/jpeg", second.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromMinutes(10), first.Headers.CacheControl?.MaxAge);
        SampleDataset question = Assert.Single(answering.Samples, asked => asked.Dataset.Name == "fashion-mnist");
        Assert.Equal((0, 25), (question.FirstClass, question.Classes));
    }

    public sealed class Answering : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public TestHost Host { get; private set; } = null!;

        /// <summary>Exists, and is not empty.</summary>
        public string Folder => _folder.Path;

        public ConcurrentQueue<SampleDataset> Samples { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, "test_batch.bin"), "");
            Host = await TestHost.StartAsync(_folder, addConsumers: bus =>
            {
                bus.AddSingleton(this);
                bus.AddConsumer<Worker>().Endpoint(endpoint => endpoint.Name = QueueNames.DatasetRequests);
            });
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }

    internal sealed class Worker(Answering answering) : IConsumer<DescribeDataset>, IConsumer<SampleDataset>
    {
        public Task Consume(ConsumeContext<DescribeDataset> context) => context.Message.Dataset.Name switch
        {
            "mnist" => context.RespondAsync(new DatasetRefused(IsAbsent: true, "not on this worker yet")),
            "cifar10" => context.RespondAsync(new DatasetRefused(IsAbsent: false, "no CIFAR-10 in there")),
            _ => context.RespondAsync(new DatasetContentsView("host", ["a", "b"], [new DatasetSplitView("training", 3, [2, 1])], 0.2, null)),
        };

        public Task Consume(ConsumeContext<SampleDataset> context)
        {
            answering.Samples.Enqueue(context.Message);
            return context.Message.Dataset.Name == "mnist"
                ? context.RespondAsync(new DatasetRefused(IsAbsent: true, "not on this worker yet"))
                : context.RespondAsync(new DatasetSamples(
                [
                    new ClassSamples(0, "a", [new DatasetSample("line 1", 8, 8, [0x89, (byte)'P', (byte)'N', (byte)'G'], null), new DatasetSample("line 2", 8, 8, [0xFF, 0xD8], null)]),
                    new ClassSamples(1, "b", [new DatasetSample("line 3", 0, 0, [], "cut short")]),
                ]));
        }
    }
}
