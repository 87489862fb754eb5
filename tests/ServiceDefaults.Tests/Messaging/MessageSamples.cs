using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.ServiceDefaults.Tests.Messaging;

/// <summary>Messages of every type, with all optional parts and without them.</summary>
internal static class MessageSamples
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly Hyperparameters UnusualHyperparameters = new()
    {
        Model = "resnet18",
        Pretrained = "run:abc",
        LearningRate = 1e-300,
        BackboneLearningRate = 0.1 + 0.2,
        Optimizer = OptimizerKind.AdamW,
        Scheduler = SchedulerKind.OneCycle,
        Precision = Precision.BFloat16,
        EarlyStoppingPatience = 3,
        ImageSize = 224,
        SmallInput = true,
        Dropout = 0.5,
        Unfreeze = UnfreezeKind.Gradual,
        FreezeBatchNorm = false,
        GradientClipping = 1.5,
        SchedulerMilestones = new EpochList([3, 7]),
        ClassWeights = ClassWeighting.Balanced,
        EmaDecay = 0.999,
        Teacher = "run:abc",
        Quantization = QuantizationKind.Int8,
        ChannelsLast = true,
        Augmentation = """[{"randomCrop":{"padding":4}}]""",
        Seed = long.MaxValue,
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new RunTicket("sweep-1", "run-1", 9, new EpochRange(0, 5)),
        new ClaimRun("worker-1", "run-1"),
        Claimed(new Hyperparameters(), new DatasetSpec { Name = "digits" }, null),
        Claimed(UnusualHyperparameters, new DatasetSpec { Name = "imagefolder", Path = "/data/Blüten \"1\"", Limit = 7, SkipCorrupt = true }, 2),
        new ClaimRefused("nothing to do"),
        new DescribeInput("run-1", RunInput.Weights),
        new InputContent(null, null),
        new InputContent("abc", null),
        new InputContent(null, "they have changed"),
        new EpochFinished("sweep-1", "run-1", 1, "worker-1", 3, 4_000_000_000, Metrics, Time),
        new EpochFinished("sweep-1", "run-1", 1, "worker-1", 0, 0, new Dictionary<string, double>(), Time),
        new RunLogWritten("sweep-1", "run-1", 2, "worker-1", []),
        new RunLogWritten(
            "sweep-1", "run-1", 2, "worker-1",
            [.. Enum.GetValues<RunLogLevel>().Select(level => new RunLogLine((long)level + 1, Time, level, "Blüten 🌸 \"1\"", level == RunLogLevel.Error ? "at A()\n at B()" : null))]),
        .. Enum.GetValues<AttemptOutcome>().Select(outcome => Ended(outcome, null)),
        .. Enum.GetValues<FailureKind>().Select(kind => Ended(AttemptOutcome.Failed, new RunFailure(kind, "line 1\nline 2"))),
        .. Enum.GetValues<AttemptDirective>().Select(directive => new StopAttempt("run-1", 2, directive)),
        .. Enum.GetValues<AttemptDirective>().Select(directive => new HeartbeatReply(directive, TakeRuns: directive == AttemptDirective.Continue)),
        new Heartbeat { WorkerId = "worker-1", Host = "host", Device = "cpu" },
        new Heartbeat
        {
            WorkerId = "worker-1", Host = "host", Device = "cuda:0", RunId = "run-1", Attempt = 2,
            MemoryUsed = 8_000_000_000, MemoryTotal = 16_000_000_000, Utilization = 0.987654321, Temperature = 71, Leaving = true,
            FasterInBFloat16 = ["resnet18"],
        },
        new PredictImage("run-1", 2, [0, 1, 255]),
        new DescribeModel("resnet18", 10, 224, SmallInput: true),
        .. Enum.GetValues<ModelRequestProblem>().Select(problem => new ModelRequestRefused(problem, "a reason")),
        new PreviewAugmentation { Augmentation = "standard", Dataset = new DatasetSpec { Name = "digits" }, ImageSize = 32 },
        new PreviewAugmentation
        {
            Augmentation = """[{"randomCrop":{"padding":4}}]""", Dataset = new DatasetSpec { Name = "imagefolder", Path = "/data" }, ImageSize = 224, Count = 2, Seed = 7,
        },
        new AugmentationPreview([[1, 2], [3]], [[4], []]),
        new PreviewRefused("a reason"),
        new DescribeDataset(new DatasetSpec { Name = "imagefolder", Path = "/data", ValidationFraction = 0.1 }),
        new SampleDataset(new DatasetSpec { Name = "digits" }, 0, 10, 8),
        new DatasetSamples([new ClassSamples(3, "three", [new DatasetSample("line 4", 8, 8, [1, 2], null), new DatasetSample("line 5", 0, 0, [], "cut short")])]),
        new CheckDataset(new DatasetSpec { Name = "imagefolder", Path = "/data" }, 0, null),
        new CheckDataset(new DatasetSpec { Name = "imagefolder", Path = "/data" }, 4_096, "abc"),
        new DatasetChecked("host", 5, 3, "abc", [new UnreadableImage("validation", "/data/val/a/Blüte 1.jpg", "the file is empty")]),
        new DatasetRefused(IsAbsent: true, "a reason"),
    ];

    private static Dictionary<string, double> Metrics => new()
    {
        [MetricNames.TrainLoss] = 0.1,
        [MetricNames.ValidationAccuracy] = 1.0 / 3.0,
        [MetricNames.LearningRate] = 1e-9,
    };

    private static RunClaimed Claimed(Hyperparameters hyperparameters, DatasetSpec dataset, int? resumeFrom) => new()
    {
        SweepId = "sweep-1",
        RunId = "run-1",
        Attempt = 3,
        Hyperparameters = hyperparameters,
        Dataset = dataset,
        Objective = new ObjectiveSpec(MetricNames.ValidationLoss, Goal.Minimize),
        Epochs = new EpochRange(2, 5),
        ResumeFromAttempt = resumeFrom,
        LeaseSeconds = 15,
        Inputs = resumeFrom is null ? null : new RunInputs(new SeenFiles("ab", "cd", 7, 5_000_000_000, 638_000_000_000_000_001), null),
        TraceParent = resumeFrom is null ? null : "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    private static AttemptEnded Ended(AttemptOutcome outcome, RunFailure? failure) => new()
    {
        SweepId = "sweep-1",
        RunId = "run-1",
        Attempt = 1,
        WorkerId = "worker-1",
        Outcome = outcome,
        Failure = failure,
        Artifacts = failure is null ? [new Artifact("best.safetensors", 5_000_000_000, new string('a', 64))] : [],
        Time = Time,
    };
}
