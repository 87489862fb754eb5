namespace Experiments.TestSystem.Chaos;

/// <summary>What a chaos run came to.</summary>
public sealed record ChaosOutcome
{
    public required ChaosOptions Options { get; init; }

    public required IReadOnlyList<Injection> Injections { get; init; }

    /// <summary>The disturbed sweeps as the API shows them.</summary>
    public required IReadOnlyList<SweepRecord> Disturbed { get; init; }

    /// <summary>The same sweeps, undisturbed.</summary>
    public required IReadOnlyList<SweepRecord> Undisturbed { get; init; }

    public required IReadOnlyList<Loss> Losses { get; init; }

    /// <summary>What is wrong with cells.</summary>
    public required IReadOnlyList<Wrong> Wrongs { get; init; }

    /// <summary>What else went wrong.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Deliveries that RabbitMQ took back because a consumer had held them for too long.</summary>
    public required int HeldTooLong { get; init; }

    /// <summary>From the first launch until the disturbed sweeps had ended.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Where logs and data are; null when they were deleted.</summary>
    public string? Kept { get; init; }

    public bool IsProven => Wrongs.Count == 0 && Problems.Count == 0 && HeldTooLong == 0 && Injections.Count == Options.Faults;

    /// <summary>All that is wrong, in words.</summary>
    public IEnumerable<string> Complaints =>
    [
        .. Wrongs.Select(wrong => $"{wrong.Kind}: {wrong.Text}"),
        .. Problems,
        .. HeldTooLong > 0 ? [$"RabbitMQ took back {HeldTooLong} deliveries that were held for longer than {Options.ConsumerTimeout}"] : (string[])[],
        .. Injections.Count != Options.Faults ? [$"{Injections.Count} of {Options.Faults} faults were injected"] : (string[])[],
    ];
}
