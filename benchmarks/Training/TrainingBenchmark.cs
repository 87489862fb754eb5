
using Experiments.Contracts.Configuration;

namespace Experiments.Benchmarks.Training;

/// <summary>
/// Compares the speed of a run with that of the bare model and of a peer, measured alternately so that ratios hold on a noisy machine.
/// </summary>
/// <param name="folder">Class folders <c>train</c> and <c>test</c>.</param>
/// <param name="limit">Training images of a run; null for a number that suits the model.</param>
/// <param name="peer">Null for none.</param>
internal sealed class TrainingBenchmark(string folder, int? limit, int rounds, int batchSize, PeerProgram? peer)
{
    private const int Epochs = 3;
    private static readonly TimeSpan BareTime = TimeSpan.FromSeconds(2);

    private readonly DatasetSpec _dataset = new() { Name = "imagefolder", Path = folder };

    public void Run(string model)
    {
        int images = limit ?? (model == "small_cnn" ? 6400 : 3200);
        DatasetSpec dataset = _dataset with { Limit = images };
        using var host = new TrainingHost();
        using var eachEpoch = new TrainingHost("cpu", ("Worker:CheckpointSeconds", "0"));
        using var inPlace = new TrainingHost("cpu", ("Worker:CheckpointSeconds", "0"), ("Worker:CheckpointMemoryBytes", "0"));
        Hyperparameters settings = SettingsOf(model);
        using var bare = new BareStep(host, host.Job(settings, dataset));
        host.Train(host.Job(settings with { Augmentation = "standard", Epochs = 1 }, dataset));
        bare.TrainingRate(BareTime);
        var measured = new List<Round>();
        for (int round = 0; round < rounds; round++)
        {
            measured.Add(Measure([host, eachEpoch, inPlace], bare, settings, dataset, images));
        }

        Report(model, measured);
    }

    /// <summary>Only the bare step, for networks whose epochs take long.</summary>
    public void RunBare(string model)
    {
        int images = limit ?? 4 * batchSize;
        using var host = new TrainingHost();
        using var bare = new BareStep(host, host.Job(SettingsOf(model), _dataset with { Limit = images }));
        bare.TrainingRate(BareTime);
        var measured = new List<(double Ours, double Peer)>();
        for (int round = 0; round < rounds; round++)
        {
            double before = bare.TrainingRate(BareTime);
            double theirs = peer?.Run(folder, model, "none", batchSize, 2, images).Bare ?? double.NaN;
            measured.Add(((before + bare.TrainingRate(BareTime)) / 2, theirs));
        }

        (double ours, double others, double ratio) = (MedianOf(m => m.Ours), MedianOf(m => m.Peer), MedianOf(m => m.Ours / m.Peer));
        Console.WriteLine($"{model}: images/s bare {ours:F0}, peer {others:F0}; ours/peer bare {ratio:F2}");

        double MedianOf(Func<(double Ours, double Peer), double> value) => measured.Select(value).Order().ElementAt(rounds / 2);
    }

    private Hyperparameters SettingsOf(string model) => Hyperparameters.Default with
    {
        Model = model,
        ImageSize = 32,
        SmallInput = false,
        BatchSize = batchSize,
        Epochs = Epochs,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        LearningRate = 0.01,
    };

    /// <param name="hosts">The default host, one with a checkpoint after each epoch, and one that also waits for each checkpoint.</param>
    private Round Measure(TrainingHost[] hosts, BareStep bare, Hyperparameters settings, DatasetSpec dataset, int images)
    {
        double before = bare.TrainingRate(BareTime);
        EpochTimes standard = hosts[0].Train(hosts[0].Job(settings with { Augmentation = "standard" }, dataset));
        double between = bare.TrainingRate(BareTime);
        EpochTimes none = hosts[0].Train(hosts[0].Job(settings, dataset));
        double after = bare.TrainingRate(BareTime);
        double forward = bare.EvaluationRate(BareTime);
        EpochTimes eachEpoch = hosts[1].Train(hosts[1].Job(settings, dataset));
        EpochTimes inPlace = hosts[2].Train(hosts[2].Job(settings, dataset));
        PeerRates? peerStandard = peer?.Run(folder, settings.Model, "standard", batchSize, 2, images);
        PeerRates? peerNone = peer?.Run(folder, settings.Model, "none", batchSize, 2, images);
        return new Round
        {
            Bare = (before + between + after) / 3,
            BareBesideStandard = (before + between) / 2,
            BareBesideNone = (between + after) / 2,
            Standard = standard.Rate,
            None = none.Rate,
            Overheads = [.. ((EpochTimes[])[none, eachEpoch, inPlace]).Select(Overhead)],
            PeerStandard = peerStandard,
            PeerNone = peerNone,
        };

        double Overhead(EpochTimes times)
        {
            (double whole, double outside) = times.SecondEpoch(bare.Counts.Training);
            return (outside - (bare.Counts.Validation / forward)) / whole;
        }
    }

    private static void Report(string model, IReadOnlyList<Round> rounds)
    {
        Console.WriteLine($"{model}: images/s bare {Median(rounds, r => r.Bare):F0}, end to end none {Median(rounds, r => r.None):F0}, standard {Median(rounds, r => r.Standard):F0}");
        Console.WriteLine($"{model}: none/bare {Median(rounds, r => r.None / r.BareBesideNone):F2}, standard/bare {Median(rounds, r => r.Standard / r.BareBesideStandard):F2} (goal {(model == "small_cnn" ? "0.85" : "0.97")})");
        Console.WriteLine($"{model}: epoch beyond training steps and evaluation's forward passes {Median(rounds, r => r.Overheads[0]):P1} (goal < 3 %), with a checkpoint after each epoch {Median(rounds, r => r.Overheads[1]):P1}, waiting for each {Median(rounds, r => r.Overheads[2]):P1}");
        if (rounds[0].PeerStandard is not null)
        {
            Console.WriteLine($"{model}: peer images/s bare {Median(rounds, r => r.PeerNone!.Bare):F0}, end to end none {Median(rounds, r => r.PeerNone!.EndToEnd):F0}, standard {Median(rounds, r => r.PeerStandard!.EndToEnd):F0}");
            Console.WriteLine($"{model}: ours/peer bare {Median(rounds, r => r.Bare / ((r.PeerNone!.Bare + r.PeerStandard!.Bare) / 2)):F2} (goal 1), end to end none {Median(rounds, r => r.None / r.PeerNone!.EndToEnd):F2}, standard {Median(rounds, r => r.Standard / r.PeerStandard!.EndToEnd):F2} (goal {(model == "small_cnn" ? "2" : "1")})");
        }
    }

    private static double Median(IReadOnlyList<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    /// <summary>Images per second, and a ratio.</summary>
    private sealed record Round
    {
        public required double Bare { get; init; }

        public required double BareBesideStandard { get; init; }

        public required double BareBesideNone { get; init; }

        public required double Standard { get; init; }

        public required double None { get; init; }

        /// <summary>The overhead as a share of an epoch, by how checkpoints are saved.</summary>
        public required double[] Overheads { get; init; }

        public required PeerRates? PeerStandard { get; init; }

        public required PeerRates? PeerNone { get; init; }
    }
}
