using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>Gathers what the API, the databases and the artifacts show of the disturbed and the undisturbed sweeps, and holds it against the promise.</summary>
internal sealed class Prover(ChaosOptions options, DistributedSystem system, PatientApi api, ChaosLog log)
{
    /// <summary>RabbitMQ's log line for a delivery that it took back.</summary>
    private const string HeldTooLong = "timed out waiting for";

    private readonly DatabaseReader _database = new(system.StorageRoot);

    /// <param name="undisturbed">In the same order; empty when it did not come to that.</param>
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

    /// <summary>Without faults, a second attempt is a lease that was lost for no reason, or a run that started twice.</summary>
    private void CheckUndisturbed(IEnumerable<SweepRecord> sweeps)
    {
        foreach (RunRecord run in sweeps.SelectMany(sweep => sweep.Runs).Where(run => run.Attempts.Count != 1))
        {
            log.Problem($"undisturbed, cell {run.Cell} ({run.Id}) took attempts that ended {string.Join(", ", run.Attempts.Select(attempt => attempt.Outcome))}");
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
