using System.Diagnostics;
using Experiments.Contracts.Configuration;

namespace Experiments.Benchmarks.Training;

/// <summary>
/// Peak resident memory of a large network's training, with checkpoints and evaluation, compared with a peer that trains the same. Each trains in a
/// separate process, one after the other, on the same folder: 224 pixels, batches of 32, SGD without momentum. Target: no more than the peer.
/// </summary>
internal static class ModelMemoryBenchmark
{
    /// <summary>The command of the training process.</summary>
    public const string Command = "memory-of-run";

    private const int Side = 224;
    private const int BatchSize = 32;
    private const int Epochs = 3;
    private const int TrainingImages = 96;
    private const int TestImages = 32;

    /// <param name="arguments"><c>PEER [MODEL ...]</c>.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var peer = new PeerProgram(arguments[0]);
        string[] models = arguments.Length > 1 ? arguments[1..] : ["vgg16", "resnet50"];
        using var pictures = new PictureFolder([("train", TrainingImages), ("test", TestImages)], Side);
        foreach (string model in models)
        {
            long ours = await PeakMemory.OfAsync(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ModelMemoryBenchmark).Assembly.Location, Command, pictures.Folder, model]));
            long theirs = await PeakMemory.OfAsync(peer.Start(pictures.Folder, model, "none", BatchSize, loaders: 0, Epochs, TrainingImages));
            Console.WriteLine($"memory: {model} at {Side} pixels, batches of {BatchSize}: at most {ours / 1e6:N0} MB resident, peer {theirs / 1e6:N0} MB; ours/peer {(double)ours / theirs:F2} (goal 1)");
        }
    }

    /// <param name="arguments"><c>FOLDER MODEL</c>.</param>
    public static void Train(string[] arguments)
    {
        using var host = new TrainingHost();
        var settings = new Hyperparameters { Model = arguments[1], ImageSize = Side, BatchSize = BatchSize, Epochs = Epochs, Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.01 };
        host.Train(host.Job(settings, new DatasetSpec { Name = "imagefolder", Path = arguments[0] }));
    }
}
