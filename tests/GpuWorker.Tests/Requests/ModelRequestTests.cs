using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Requests;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Runs;
using Experiments.GpuWorker.Tests.Training;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Requests;

/// <summary>Requests over the bus to a complete worker.</summary>
[Collection(nameof(TrainingTests))]
public sealed class ModelRequestTests : IDisposable
{
    private static readonly SKColor[] Colors = [new(0, 40, 200), new(60, 40, 200), new(120, 40, 200)];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task PredictImage_TrainedRun_TellsClassesBestFirst()
    {
        await using WorkerHarness worker = await StartWithWeightsAsync("r1");

        for (int label = 0; label < Colors.Length; label++)
        {
            Response<PredictionView> answer = await AskAsync<PredictImage, PredictionView>(worker, new PredictImage("r1", 1, Picture(Colors[label])));

            IReadOnlyList<ClassProbability> predictions = answer.Message.Predictions;
            Assert.Equal(["a", "b", "c"], predictions.Select(prediction => prediction.Class).Order());
            Assert.Equal("abc"[label].ToString(), predictions[0].Class);
            Assert.Equal(1, predictions.Sum(prediction => prediction.Probability), tolerance: 1e-9);
            Assert.Equal(predictions.OrderByDescending(prediction => prediction.Probability), predictions);
        }
    }

    [Fact]
    public async Task PredictImage_NoImage_IsRefused()
    {
        await using WorkerHarness worker = await StartWithWeightsAsync("r1");
        byte[] cut = Picture(Colors[0])[..60];

        foreach (byte[] content in (byte[][])[[], "no image"u8.ToArray(), cut])
        {
            Response<ModelRequestRefused> answer = await AskAsync<PredictImage, ModelRequestRefused>(worker, new PredictImage("r1", 1, content));

            Assert.Equal(ModelRequestProblem.Image, answer.Message.Problem);
            Assert.NotEmpty(answer.Message.Reason);
        }
    }

    [Fact]
    public async Task PredictImage_MissingOrDamagedWeights_IsRefused()
    {
        await using WorkerHarness worker = await StartWithWeightsAsync("r1");
        string path = Path.Combine(worker.Host.Services.GetRequiredService<ArtifactFolder>().AttemptFolder("r1", 1), RunFiles.Best);
        byte[] weights = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        weights[^1] ^= 1;
        await File.WriteAllBytesAsync(path, weights, TestContext.Current.CancellationToken);

        foreach (int attempt in (int[])[1, 2])
        {
            Response<ModelRequestRefused> answer = await AskAsync<PredictImage, ModelRequestRefused>(worker, new PredictImage("r1", attempt, Picture(Colors[0])));

            Assert.Equal(ModelRequestProblem.Weights, answer.Message.Problem);
        }
    }

    [Fact]
    public async Task DescribeModel_Known_IsDescribed()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync();

        Response<ModelSummary> answer = await AskAsync<DescribeModel, ModelSummary>(worker, new DescribeModel("small_cnn", 10, 32, SmallInput: false));

        Assert.Equal(145_578, answer.Message.Parameters);
        Assert.Equal(5, answer.Message.Layers.Count);
    }

    [Fact]
    public void StoredModels_MoreThanFit_KeepsTheOnesUsedLast()
    {
        using var fixture = new TrainingFixture();
        string[] paths = [.. Enumerable.Range(0, StoredModels.Most + 1).Select(seed => Trained(fixture, seed))];
        using var models = new StoredModels();
        object first = models.Get(paths[0]);
        object second = models.Get(paths[1]);
        Assert.Same(first, models.Get(paths[0]));
        foreach (string path in paths[2..])
        {
            models.Get(path);
        }

        Assert.Same(first, models.Get(paths[0]));
        Assert.NotSame(second, models.Get(paths[1]));
        object before = models.Get(paths[0]);
        File.SetLastWriteTimeUtc(paths[0], DateTime.UnixEpoch);
        Assert.NotSame(before, models.Get(paths[0]));
    }

    [Fact]
    public async Task Predict_WhileTraining_LeavesTheTrainingsBitsAlone()
    {
        using var fixture = new TrainingFixture();
        string weights = Trained(fixture, seed: 1);
        Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", Dropout = 0.2, Augmentation = "standard" };
        TrainingJob alone = fixture.Job(settings);
        fixture.Train(alone);
        TrainingJob beside = fixture.Job(settings);
        using var models = new StoredModels();
        using var side = new SideThread(new TrainingOptions { Threads = 2 });
        var asked = new List<Task<int>>();

        fixture.Train(beside, new RecordingListener { OnIteration = _ => asked.Add(side.RunAsync(() => Predict(models, weights), CancellationToken.None)) });

        await Task.WhenAll(asked);
        Assert.NotEmpty(asked);
        Assert.Equal(File.ReadAllBytes(Path.Combine(alone.Folder, RunFiles.Last)), File.ReadAllBytes(Path.Combine(beside.Folder, RunFiles.Last)));
    }

    public void Dispose() => _folder.Dispose();

    private static int Predict(StoredModels models, string path)
    {
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        return (int)models.Get(path).Model.forward(TorchSharp.torch.ones(8, 3, 32, 32)).shape[1];
    }

    private static string Trained(TrainingFixture fixture, int seed)
    {
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Epochs = 1, Seed = seed }, TrainingFixture.Digits(limit: 40));
        fixture.Train(job);
        return Path.Combine(job.Folder, RunFiles.Best);
    }

    private static Task<Response<TAnswer>> AskAsync<TRequest, TAnswer>(WorkerHarness worker, TRequest request)
        where TRequest : class
        where TAnswer : class => worker.Host.Services.GetRequiredService<IBus>()
            .CreateRequestClient<TRequest>(MessageAddresses.Exchange(QueueNames.ModelRequests), OrchestratorDouble.TestTimeout)
            .GetResponse<TAnswer>(request, TestContext.Current.CancellationToken);

    private byte[] Picture(SKColor color)
    {
        string path = _folder.File("picture.png");
        SampleImages.Write(path, color);
        return File.ReadAllBytes(path);
    }

    /// <summary>A worker whose store has a run that classifies the three colors.</summary>
    private async Task<WorkerHarness> StartWithWeightsAsync(string runId)
    {
        foreach ((string name, SKColor color) in new[] { "a", "b", "c" }.Zip(Colors))
        {
            for (int i = 0; i < 12; i++)
            {
                SampleImages.Write(_folder.File("images", name, $"{i}.png"), color);
            }
        }

        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(
            TrainingFixture.Quick with { Epochs = 8, ImageSize = 32, BatchSize = 8 }, new DatasetSpec { Name = "imagefolder", Path = Path.Combine(_folder.Path, "images") });
        fixture.Train(job);
        WorkerHarness worker = await WorkerHarness.StartAsync();
        string folder = worker.Host.Services.GetRequiredService<ArtifactFolder>().PrepareAttemptFolder(runId, 1);
        File.Copy(Path.Combine(job.Folder, RunFiles.Best), Path.Combine(folder, RunFiles.Best));
        return worker;
    }
}
