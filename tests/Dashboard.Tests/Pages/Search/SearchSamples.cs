using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Tests.Pages.Search;

/// <summary>A search with rungs after epochs 1 and 3.</summary>
internal static class SearchSamples
{
    public static SearchView View { get; } = new()
    {
        Sampler = "tpe",
        Rule = "asha",
        Rungs = [new SearchRung(1, 5, 3, 1, 1), new SearchRung(3, 2, 1, 1, 0)],
        Decisions =
        [
            new SearchDecision(Samples.Time, "r1", 1, "pause", "paused after epoch 1 at 0.41, rank 31 of 40, the best 13 continue"),
            new SearchDecision(Samples.Time.AddSeconds(1), "r2", 2, "promote", "promoted after epoch 1 at 0.5, rank 1 of 41, the best 13 continue"),
        ],
        ToCome = 1200,
        Next = new SearchNext(2, 3, 25, [new SearchPromotion("r2", 2, 1, 3)]),
    };

    public static ProgressView Progress { get; } = new()
    {
        Metric = "validation/accuracy",
        Goal = Goal.Maximize,
        StartedAt = Samples.Time,
        LastAt = Samples.Time.AddMinutes(4),
        Epochs = 40,
        SharedEpochs = 12,
        AllEpochs = 160,
        Points = [new ProgressPoint(Samples.Time.AddMinutes(1), 4, 0.5, "r1", 1), new ProgressPoint(Samples.Time.AddMinutes(2), 20, 0.6, "r2", 2)],
    };

    public static SearchRungs Rungs { get; } = new()
    {
        Metric = "validation/accuracy",
        Goal = Goal.Maximize,
        Rungs =
        [
            new RungPoints
            {
                Epoch = 1,
                Reached = 5,
                Runs = ["r2", "r3", "r1", "r4", "r5"],
                Cells = [2, 3, 1, 4, 5],
                Values = [0.5, 0.45, 0.41, 0.2, null],
                Fates = [RungFate.Continued, RungFate.Continued, RungFate.Paused, RungFate.Stopped, RungFate.Ended],
            },
            new RungPoints { Epoch = 3, Reached = 2, Runs = ["r3", "r2"], Cells = [3, 2], Values = [0.7, 0.6], Fates = [RungFate.Continued, RungFate.Paused] },
        ],
    };
}
