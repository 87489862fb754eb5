using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Orchestrator.Search.Stopping;

public enum RunPhase
{
    /// <summary>Waits for a worker or trains.</summary>
    UnderWay,

    Paused,

    Stopped,

    /// <summary>It is trained to its last epoch.</summary>
    Ended,

    /// <summary>It failed or was cancelled: its values keep their ranks, but it gives no result.</summary>
    Failed,
}

/// <summary>What a rule knows about a run.</summary>
public sealed record RunProgress
{
    public RunPhase Phase { get; init; }

    /// <summary>The index of the run's bracket, from 0; always 0 in rules without brackets.</summary>
    public int Bracket { get; init; }

    /// <summary>
    /// Halving: the value at each rung that the run reached. Median: the average over epochs 1 to k, for each epoch k. None: nothing.
    /// </summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>Median: the best value of any epoch.</summary>
    public double? Best { get; init; }

    /// <summary>The number of epochs behind the last value, or at the last pause after it.</summary>
    public int Epoch { get; init; }

    /// <summary>A user asked for training up to this epoch: the rule does not decide about the run before it. 0 if no user did.</summary>
    public int PromotedTo { get; init; }
}

/// <summary>
/// The state of a stopping rule. An event changes only the entries of its own run and of the runs that its actions name, so a caller may store an entry per run.
/// </summary>
/// <param name="Runs">By the run's number in the sweep.</param>
public sealed record StoppingState(ImmutableSortedDictionary<int, RunProgress> Runs)
{
    /// <summary>Values may be NaN or infinite.</summary>
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static StoppingState Initial { get; } = new(ImmutableSortedDictionary<int, RunProgress>.Empty);

    public string ToJson() => JsonSerializer.Serialize(Runs, Json);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static StoppingState FromJson(string json) =>
        new(JsonSerializer.Deserialize<ImmutableSortedDictionary<int, RunProgress>>(json, Json) ?? throw new JsonException("not the state of a stopping rule: null"));

    /// <exception cref="InvalidOperationException">The run was not created.</exception>
    internal RunProgress Of(int run) =>
        Runs.TryGetValue(run, out RunProgress? progress) ? progress : throw new InvalidOperationException($"run {run} has an event before it was created");

    internal StoppingState With(int run, RunProgress progress) => new(Runs.SetItem(run, progress));
}
