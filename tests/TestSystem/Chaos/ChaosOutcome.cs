namespace Experiments.TestSystem.Chaos;

/// <summary>The outcome of a chaos run.</summary>
public sealed record ChaosOutcome
{
    public required ChaosOptions Options { get; init; }

    public required IReadOnlyList<Injection> Injections { get; init; }

    /// <summary>The sweeps under faults as the API shows them.</summary>
    public required IReadOnlyList<SweepRecord> Disturbed { get; init; }

    /// <summary>The same sweeps without faults.</summary>
    public required IReadOnlyList<SweepRecord> Undisturbed { get; init; }

    public required IReadOnlyList<Loss> Losses { get; init; }

    /// <summary>Violations in cells.</summary>
    public required IReadOnlyList<Wrong> Wrongs { get; init; }

    /// <summary>Other problems.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Deliveries that RabbitMQ requeued because a consumer held them beyond the timeout.</summary>
    public required int HeldTooLong { get; init; }

    /// <summary>From the first launch until the sweeps under faults had ended.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The folder with logs and data; null when they were deleted.</summary>
    public string? Kept { get; init; }

    public bool IsProven => Wrongs.Count == 0 && Problems.Count == 0 && HeldTooLong == 0 && Injections.Count == Options.Faults;

    /// <summary>All violations and problems, in words.</summary>
    public IEnumerable<string> Complaints =>
    [
        .. Wrongs.Select(wrong => $"{wrong.Kind}: {wrong.Text}"),
        .. Problems,
        .. HeldTooLong > 0 ? [$"RabbitMQ requeued {HeldTooLong} deliveries that were held for longer than {Options.ConsumerTimeout}"] : (string[])[],
        .. Injections.Count != Options.Faults ? [$"{Injections.Count} of {Options.Faults} faults were injected"] : (string[])[],
    ];
}
