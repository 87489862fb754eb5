using System.Collections.Concurrent;
using System.Globalization;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>
/// Every run completes exactly once, regardless of faults of the Orchestrator, workers, broker and messages. Each seed gives one sequence of events;
/// a failing seed is reported with the command that prints its sequence.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2000;
    private const string SeedVariable = "SIMULATION_SEED";
    private const string CountVariable = "SIMULATION_SEEDS";

    [Fact]
    public void AnyTrouble_EveryRunCompletesExactlyOnce()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out int only))
        {
            using var database = new MemoryDatabase();
            Simulation.Run(only, database, output.WriteLine);
            return;
        }

        int count = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out int asked) ? asked : Seeds;
        var failures = new ConcurrentDictionary<int, string>();
        Parallel.ForEach(
            Partitioner.Create(1, count + 1, rangeSize: 50),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken },
            () => new MemoryDatabase(),
            (range, _, database) =>
            {
                for (int seed = range.Item1; seed < range.Item2 && failures.Count < 10; seed++)
                {
                    if (Failure(seed, database) is { } failure)
                    {
                        failures[seed] = failure;
                        database = new MemoryDatabase();
                    }
                }

                return database;
            },
            database => database.Dispose());
        Assert.True(failures.IsEmpty, string.Join("\n", failures.OrderBy(failure => failure.Key).Select(Describe)));
    }

    [Fact]
    public void SameSeed_TellsTheSameStory()
    {
        using var database = new MemoryDatabase();
        for (int seed = 1; seed <= 20; seed++)
        {
            Assert.Equal(Story(seed, database), Story(seed, database));
        }
    }

    private static List<string> Story(int seed, MemoryDatabase database)
    {
        var lines = new List<string>();
        Simulation.Run(seed, database, lines.Add);
        return lines;
    }

    private static string? Failure(int seed, MemoryDatabase database)
    {
        try
        {
            Simulation.Run(seed, database, trace: null);
            return null;
        }
        catch (Exception exception)
        {
            return exception is InvariantException ? exception.Message : exception.ToString();
        }
    }

    private static string Describe(KeyValuePair<int, string> failure) =>
        $"seed {failure.Key}: {failure.Value}\n  again, line by line: {SeedVariable}={failure.Key} dotnet test tests/Orchestrator.Tests -c Release "
        + $"--filter FullyQualifiedName~{nameof(SimulationTests)}.{nameof(AnyTrouble_EveryRunCompletesExactlyOnce)} --logger \"console;verbosity=detailed\"";
}
