using System.Globalization;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Data.Decoding;
using Experiments.GpuWorker.Tests.Runs;
using Experiments.GpuWorker.Tests.Training;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Requests;

/// <summary>A file of the validation set gets the same prediction, whether the run evaluates it or a user sends it.</summary>
[Collection(nameof(TrainingTests))]
public sealed class PredictionParityTests : IDisposable
{
    private static readonly (string Name, int Width, int Height, int Orientation)[] Files =
    [
        ("large.jpg", 3000, 2000, 1), ("half.jpg", 90, 64, 1), ("odd.jpg", 517, 601, 1), ("small.jpg", 21, 30, 1), ("same.jpg", 32, 32, 1), ("long.jpg", 40, 700, 1),
        ("phone.jpg", 400, 301, 6), ("mirrored.jpg", 401, 300, 7), ("large.png", 640, 481, 1), ("turned.png", 50, 41, 8), ("small.webp", 33, 20, 1), ("turned.webp", 120, 90, 3),
    ];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Precision.Float32, null, false)]
    [InlineData(Precision.BFloat16, true, true)]
    public async Task PredictImage_FileOfTheValidationSet_IsWhatTheRunWrote(Precision precision, bool? channelsLast, bool streams)
    {
        WriteImages();
        using var fixture = new TrainingFixture(("Worker:DatasetMemoryBytes", streams ? "1" : "1000000000"));
        TrainingJob job = fixture.Job(
            TrainingFixture.Quick with { Epochs = 2, ImageSize = 32, BatchSize = 8, Precision = precision, ChannelsLast = channelsLast },
            new DatasetSpec { Name = "imagefolder", Path = _folder.Path });
        fixture.Train(job);
        await using WorkerHarness worker = await WorkerHarness.StartAsync();
        string folder = worker.Host.Services.GetRequiredService<ArtifactFolder>().PrepareAttemptFolder("r1", 1);
        File.Copy(Path.Combine(job.Folder, RunFiles.Best), Path.Combine(folder, RunFiles.Best));

        string[][] rows = [.. File.ReadLines(Path.Combine(job.Folder, RunFiles.Predictions)).Skip(1).Select(line => line.Split(','))];

        Assert.Equal(2 * Files.Length, rows.Length);
        foreach (string[] row in rows)
        {
            IReadOnlyList<ClassProbability> predictions = await PredictAsync(worker, row[0]);

            double probability = predictions.Single(prediction => prediction.Class == row[3]).Probability;
            Assert.True(Math.Abs(probability - double.Parse(row[4], CultureInfo.InvariantCulture)) < 1e-5, $"{row[0]}: {probability} and {row[4]}");
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Noise, for which every scaling method gives a different result.</summary>
    private static RgbImage Noise(int width, int height, Random random, int brightness)
    {
        byte[] pixels = new byte[3 * width * height];
        random.NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Min(255, (pixels[i] / 2) + brightness + (i / 3 % width * 60 / width));
        }

        return new RgbImage(width, height, pixels);
    }

    private void WriteImages()
    {
        var random = new Random(9);
        foreach ((string label, int brightness) in ((string, int)[])[("a", 0), ("b", 60)])
        {
            for (int i = 0; i < 12; i++)
            {
                SampleImages.Write(_folder.File("train", label, $"{i}.png"), Noise(30 + i, 40, random, brightness));
            }

            foreach ((string name, int width, int height, int orientation) in Files)
            {
                string file = _folder.File("val", label, name);
                SampleImages.Write(file, Noise(width, height, random, brightness));
                File.WriteAllBytes(file, ExifFiles.Orient(File.ReadAllBytes(file), orientation, width, height));
            }
        }
    }

    private static async Task<IReadOnlyList<ClassProbability>> PredictAsync(WorkerHarness worker, string file)
    {
        byte[] image = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Response<PredictionView> answer = await worker.Host.Services.GetRequiredService<IBus>()
            .CreateRequestClient<PredictImage>(MessageAddresses.Exchange(QueueNames.ModelRequests), OrchestratorDouble.TestTimeout)
            .GetResponse<PredictionView>(new PredictImage("r1", 1, image), TestContext.Current.CancellationToken);
        return answer.Message.Predictions;
    }
}
