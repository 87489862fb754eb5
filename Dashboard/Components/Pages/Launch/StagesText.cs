using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The planned epochs of a sweep, for display.</summary>
internal static class StagesText
{
    /// <summary>For example <c>50 of 80</c>.</summary>
    public static string Of(SweepStages stages) => $"{Numbers.Count(stages.EpochsPlanned)} of {Numbers.Count(stages.EpochsNaive)}";

    public static string Explain(SweepStages stages) => stages.Shared > 0
        ? $"{Numbers.Count(stages.Shared)} epochs are trained once for several runs that train them alike; reused results and epochs after a stop are not trained"
        : "Reused results and epochs after a stop are not trained";
}
