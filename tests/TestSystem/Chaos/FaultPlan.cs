namespace Experiments.TestSystem.Chaos;

/// <summary>A planned fault.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Worker">The number of the worker, from 0; null for a fault of another victim.</param>
/// <param name="Pause">The pause after the previous fault.</param>
/// <param name="Outage">How long the victim stays down.</param>
public sealed record Fault(int Number, FaultKind Kind, int? Worker, TimeSpan Pause, TimeSpan Outage);

/// <summary>Chooses faults: the same ones for the same seed. Pure.</summary>
public static class FaultPlan
{
    /// <summary>The relative frequency of each kind.</summary>
    private static readonly (FaultKind Kind, int Share)[] Shares =
    [
        (FaultKind.KillWorker, 30),
        (FaultKind.TerminateWorker, 12),
        (FaultKind.SuspendWorker, 12),
        (FaultKind.KillOrchestrator, 16),
        (FaultKind.KillRabbitMq, 8),
        (FaultKind.WipeRabbitMq, 7),
        (FaultKind.WipeRedis, 7),
        (FaultKind.PauseSweep, 8),
    ];

    /// <summary>Faults in random order; each kind at least once if there are enough of them.</summary>
    /// <param name="lease">The duration of a lease: workers are suspended for longer.</param>
    /// <param name="meanPause">Pauses are between a fifth and nine fifths of it.</param>
    public static IReadOnlyList<Fault> Of(int seed, int faults, int workers, TimeSpan lease, TimeSpan meanPause)
    {
        var random = new Random(seed);
        FaultKind[] kinds = [.. Shares.Select(share => share.Kind).Take(faults)];
        kinds = [.. kinds, .. Enumerable.Range(0, faults - kinds.Length).Select(_ => Draw(random))];
        random.Shuffle(kinds);
        return [.. kinds.Select((kind, i) => new Fault(
            i + 1,
            kind,
            FaultKinds.IsOfWorker(kind) ? random.Next(workers) : null,
            meanPause * (0.2 + (1.6 * random.NextDouble())),
            OutageOf(kind, lease, random.NextDouble())))];
    }

    private static FaultKind Draw(Random random)
    {
        int place = random.Next(Shares.Sum(share => share.Share));
        foreach ((FaultKind kind, int share) in Shares)
        {
            if (place < share)
            {
                return kind;
            }

            place -= share;
        }

        throw new InvalidOperationException("the shares do not add up");
    }

    private static TimeSpan OutageOf(FaultKind kind, TimeSpan lease, double extent) => kind switch
    {
        FaultKind.SuspendWorker => lease * (1.3 + (0.7 * extent)),
        FaultKind.PauseSweep => TimeSpan.FromSeconds(1 + (3 * extent)),
        _ => TimeSpan.FromSeconds(0.1 + (2.4 * extent)),
    };
}
