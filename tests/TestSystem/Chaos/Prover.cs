using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>Reads the sweeps with and without faults from the API, the databases and the artifacts, and checks the guarantees.</summary>
internal sealed class Prover(ChaosOptions options, DistributedSystem system, RetryingApi api, ChaosLog log)
{
    /// <summary>RabbitMQ's log line for a delivery that exceeded the timeout.</summary>
    private const string HeldTooLong = "timed out waiting for";

    private readonly DatabaseReader _database = new(system.StorageRoot);

    /// <param name="undisturbed">In the same order; empty when they were not run.</param>
    public async Task<ChaosOutcome> ProveAsync(string[] disturbed, string[] undisturbed)
    {
        SweepRecord[] asDisturbed = await ReadAsync(disturbed);
        SweepRecord[] asUndisturbed = await ReadAsync(undisturbed);
        SweepRecord[] storedDisturbed = [.. asDisturbed.Zip(disturbed, (sweep, id) => _database.Read(id, sweep))];
        SweepRecord[] storedUndisturbed = [.. asUndisturbed.Zip(undisturbed, (sweep, id) => _database.Read(id, sweep))];
        Wrong[] wrongs =
        [
            .. asDisturbed.Concat(storedDisturbed).Concat(asUndisturbed).SelectMany(Proof.OfOnce),
            .. asDisturbed.Zip(asUndisturbed, Proof.OfSameness).SelectMany(found => found),
            .. storedDisturbed.Zip(storedUndisturbed, Proof.OfSameness).SelectMany(found => found),
        ];
        CheckUndisturbed(asUndisturbed);
        return new ChaosOutcome
        {
            Options = options,
            Injections = log.Injections,
            Disturbed = asDisturbed,
            Undisturbed = asUndisturbed,
            Losses = Losses.Of(asDisturbed.SelectMany(sweep => sweep.Runs).SelectMany(run => run.Attempts), log.Injections),
            Wrongs = wrongs,
            Problems = log.Problems,
            HeldTooLong = system.Broker.Log.Text.Split(HeldTooLong).Length - 1,
        };
    }

    /// <summary>Without faults, a second attempt means a lease that expired without reason, or a run that started twice.</summary>
    private void CheckUndisturbed(IEnumerable<SweepRecord> sweeps)
    {
        foreach (RunRecord run in sweeps.SelectMany(sweep => sweep.Runs).Where(run => run.Attempts.Count != 1))
        {
            log.Problem($"without faults, cell {run.Cell} ({run.Id}) has attempts that ended {string.Join(", ", run.Attempts.Select(attempt => attempt.Outcome))}");
        }
    }

    private async Task<SweepRecord[]> ReadAsync(string[] sweepIds)
    {
        var records = new List<SweepRecord>();
        foreach (string id in sweepIds)
        {
            records.Add(await api.AskAsync(calm => ApiReader.ReadAsync(calm, id, log)));
        }

        return [.. records];
    }
}
