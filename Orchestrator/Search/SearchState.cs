using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>The state of a search.</summary>
/// <param name="Spec">The sweep with all its axes; null before the launch.</param>
/// <param name="LastCell">The highest cell number assigned so far.</param>
/// <param name="Duplicates">The number of cells that equal another one.</param>
public sealed record SearchState(SweepSpec? Spec, int LastCell, int Duplicates)
{
    public static SearchState Initial { get; } = new(null, 0, 0);

    /// <summary>What an adaptive search has proposed so far, in order; empty for searches that create all runs at the launch.</summary>
    public IReadOnlyList<Proposal> Proposals { get; init; } = [];

    /// <summary>The combinations of the grid, by index, for which an adaptive search finds no other configuration.</summary>
    public IReadOnlyList<int> Exhausted { get; init; } = [];

    /// <summary>Whether a user cancelled the sweep: nothing is proposed any more.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What the keys of later runs depend on besides their configuration; null for searches that create all runs at the launch.</summary>
    public KeyInputs? Inputs { get; init; }

    /// <summary>Everything that cannot be derived from the sweep's stored spec.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Stored(LastCell, Duplicates)
        {
            Proposals = Proposals.Count > 0 ? Proposals : null,
            Exhausted = Exhausted.Count > 0 ? Exhausted : null,
            IsStopped = IsStopped,
            Inputs = Inputs,
        });

    /// <summary>Whether a stored state is that of an adaptive search; quick, without reading all of it.</summary>
    public static bool HasProposals(string json) => json.Contains($"\"{nameof(Proposals)}\"", StringComparison.Ordinal);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static SearchState FromJson(string json, SweepSpec spec)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(json) ?? throw new JsonException("not the state of a search: null");
        return new SearchState(spec, stored.LastCell, stored.Duplicates)
        {
            Proposals = stored.Proposals ?? [],
            Exhausted = stored.Exhausted ?? [],
            IsStopped = stored.IsStopped,
            Inputs = stored.Inputs,
        };
    }

    /// <summary>The stored state of a search that proposes nothing any more; unchanged if it proposes nothing anyway.</summary>
    public static string Stop(string json) => HasProposals(json) && JsonSerializer.Deserialize<Stored>(json) is { } stored
        ? JsonSerializer.Serialize(stored with { IsStopped = true })
        : json;

    private sealed record Stored(int LastCell, int Duplicates)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<Proposal>? Proposals { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<int>? Exhausted { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsStopped { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public KeyInputs? Inputs { get; init; }
    }
}
