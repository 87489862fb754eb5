using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Search;

/// <summary>Searches in words. Pure.</summary>
public static class SearchText
{
    /// <summary>Trains every run to its last epoch.</summary>
    public static string NoRule { get; } = EnumText.Of(StoppingKind.None);

    /// <summary>A sentence about the sampler.</summary>
    public static string OfSampler(string sampler) => EnumText.TryParse(sampler, out SamplerKind kind) ? kind switch
    {
        SamplerKind.Random => "Configurations are drawn at random.",
        SamplerKind.Quasirandom => "Configurations are drawn evenly from the space.",
        SamplerKind.Tpe => "Configurations are proposed where good results are more frequent.",
        _ => "The grid names all configurations.",
    } : $"The sampler is {sampler}.";

    /// <summary>A sentence about the stopping rule.</summary>
    public static string OfRule(string rule) => EnumText.TryParse(rule, out StoppingKind kind) ? kind switch
    {
        StoppingKind.Median => "Runs worse than the median of the others are stopped.",
        StoppingKind.Asha => "At each rung the best runs continue and the others pause.",
        StoppingKind.Hyperband => "At each rung of its bracket the best runs continue and the others pause.",
        _ => "Every run is trained to its last epoch.",
    } : $"The stopping rule is {rule}.";

    /// <summary>The numbers of runs that are trained next, in order; empty when nothing is left.</summary>
    public static IReadOnlyList<string> Next(SearchView search) =>
    [
        .. new[]
        {
            (Count: search.Next.Running, Text: "training"),
            (Count: search.Next.Continuing, Text: "waiting to continue"),
            (Count: search.Next.Waiting, Text: "waiting for the first epoch"),
            (Count: search.ToCome, Text: "still to be proposed"),
        }.Where(part => part.Count > 0).Select(part => $"{Numbers.Count(part.Count)} {part.Text}"),
    ];

    public static string Fate(RungFate fate) => fate switch
    {
        RungFate.Continued => "continued",
        RungFate.Paused => "paused",
        RungFate.Stopped => "stopped",
        _ => "failed or cancelled",
    };

    /// <summary>What a decision did, in a word or two.</summary>
    public static string Action(string action) => action switch
    {
        "create" => "proposed",
        "continue" => "continues",
        "pause" => "paused",
        "promote" => "promoted",
        "stop" => "stopped",
        _ => action,
    };
}
