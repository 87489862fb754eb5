using System.Text.Json.Serialization;

namespace Experiments.Orchestrator.Search;

/// <summary>What is known about the run of a proposal.</summary>
public enum ProposalOutcome
{
    /// <summary>It has not ended.</summary>
    UnderWay,

    /// <summary>It has a value of the objective.</summary>
    Measured,

    /// <summary>It failed because of its configuration: it diverged, ran out of memory, or cannot be trained.</summary>
    Unusable,

    /// <summary>It ended without telling anything about its configuration: cancelled, or failed for another reason.</summary>
    Unknown,
}

/// <summary>A configuration that an adaptive search proposed.</summary>
/// <param name="Cell">The number of its run.</param>
/// <param name="Combination">The index of the grid's combination that it was drawn for.</param>
/// <param name="Index">The index of the draw, counted for each combination.</param>
/// <param name="Point">The values of the space's axes as samplers see them.</param>
public sealed record Proposal(int Cell, int Combination, int Index, IReadOnlyList<double> Point)
{
    /// <summary>The number of ended runs that it was proposed from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Known { get; init; }

    /// <summary>The number of runs that were under way when it was proposed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnderWay { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ProposalOutcome Outcome { get; init; }

    /// <summary>The best value of the objective; null unless <see cref="ProposalOutcome.Measured"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }
}

/// <summary>What a search learns about one of its runs.</summary>
public sealed record RunFact(int Cell, ProposalOutcome Outcome, double? Value);
