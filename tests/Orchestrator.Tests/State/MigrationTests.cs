using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Experiments.Orchestrator.Tests.State;

public sealed class MigrationTests
{
    /// <summary>What a sweep with a waiting and a failed run looked like in the first version.</summary>
    private const string FirstVersionRows = """
        INSERT INTO Sweeps (Id, Name, Status, CreatedAt, Spec, Priority, MaxAttempts, ObjectiveMetric, ObjectiveGoal, Tags, SearchState)
        VALUES ('s1', 'old', 0, 638000000000000000,
          '{"name":"old","dataset":{"name":"digits"},"grid":{"seed":[1,2]}}', 3, 2, 'validation/accuracy', 0, '["kept"]', '{}');
        INSERT INTO Runs (Id, SweepId, Cell, "Key", Status, Config, Epochs, Attempt, TriesLeft, CreatedAt, Epoch, Summary, Artifacts, TrainedTicks)
        VALUES
          ('r1', 's1', 1, 'k1', 1, '{"model":"lenet5","dataset":{"name":"digits"}}', 2, 0, 2, 638000000000000000, 0, '{}', '[]', 0),
          ('r2', 's1', 2, 'k2', 4, '{"model":"lenet5","dataset":{"name":"digits"}}', 2, 1, 0, 638000000000000000, 1, '{}', '[]', 5);
        INSERT INTO Attempts (RunId, Number, WorkerId, StartedAt, EndedAt, Outcome, FailureKind, FailureMessage, FirstEpoch, LastEpoch, HasCheckpoint)
        VALUES ('r2', 1, 'w', 638000000000000000, 638000000100000000, 1, 4, 'it crashed', 0, 1, 1);
        """;

    [Fact]
    public void Migrations_AreUpToDateWithTheModel()
    {
        using var folder = new TempFolder();
        using StateContext state = Open(folder);
        using var metrics = new MetricsContext(new DbContextOptionsBuilder<MetricsContext>().UseSqlite("Data Source=:memory:").Options);

        Assert.False(state.Database.HasPendingModelChanges());
        Assert.False(metrics.Database.HasPendingModelChanges());
    }

    public static TheoryData<string> EarlierVersions()
    {
        using var folder = new TempFolder();
        using StateContext state = Open(folder);
        return [.. state.Database.GetMigrations().SkipLast(1)];
    }

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task Start_DatabaseOfAnEarlierVersion_KeepsWhatItHolds(string version)
    {
        using var folder = new TempFolder();
        await using (StateContext old = Open(folder))
        {
            string first = old.Database.GetMigrations().First();
            await old.GetService<IMigrator>().MigrateAsync(first, TestContext.Current.CancellationToken);
            await old.Database.ExecuteSqlRawAsync(FirstVersionRows.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await old.GetService<IMigrator>().MigrateAsync(version, TestContext.Current.CancellationToken);
        }

        SqliteConnection.ClearAllPools();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.GetAsync<SweepView>("/api/sweeps/s1");
        Assert.Equal(("old", 1), (sweep.Name, sweep.RunCounts.Failed));
        Assert.Equal(("kept", "", null), (Assert.Single(sweep.Tags), sweep.Notes, sweep.ArchivedAt));
        RunView failed = await host.GetAsync<RunView>("/api/runs/r2");
        Assert.Equal((0, ""), (failed.Tags.Count, failed.Notes));
        Assert.Equal(2, (await host.GetAsync<Page<RunView>>("/api/sweeps/s1/runs?filter=tag%20%3D%20null")).Total);
        AttemptView attempt = Assert.Single(await host.GetAsync<AttemptView[]>("/api/runs/r2/attempts"));
        Assert.Equal((new RunFailure(FailureKind.Crash, "it crashed"), 1), (attempt.Failure, attempt.BatchParts));
        RunClaimed claimed = await new ScriptedWorker(host).ClaimAsync();
        Assert.Equal(("r1", 1), (claimed.RunId, claimed.BatchParts));
    }

    [Theory]
    [InlineData("""{"name":"old","dataset":"digits"}""", true)]
    [InlineData("""{"name":"old","dataset":"digits","reuse":false}""", false)]
    [InlineData("{}", true)]
    public async Task Migrate_SweepOfAnEarlierVersion_StillReusesWhatItsFileSays(string spec, bool reuses)
    {
        using var folder = new TempFolder();
        await using StateContext old = Open(folder);
        await old.GetService<IMigrator>().MigrateAsync(old.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
        await old.Database.ExecuteSqlAsync(
            $"INSERT INTO Sweeps (Id, Name, Status, CreatedAt, Spec, Priority, MaxAttempts, ObjectiveMetric, ObjectiveGoal, Tags, SearchState) VALUES ('s1', 'old', 0, 1, {spec}, 0, 1, 'validation/accuracy', 0, '[]', '{{}}')",
            TestContext.Current.CancellationToken);

        await old.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(reuses, (await old.Sweeps.SingleAsync(TestContext.Current.CancellationToken)).Reuse);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Migrate_CurvesOfAnEarlierVersion_StayAndLogsBeginEmpty()
    {
        using var folder = new TempFolder();
        await using MetricsContext metrics = new(
            new DbContextOptionsBuilder<MetricsContext>().UseSqlite($"Data Source={Path.Combine(folder.Path, StorageFolder.MetricsFile)};Pooling=false").Options);
        await metrics.GetService<IMigrator>().MigrateAsync(metrics.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
        await metrics.Database.ExecuteSqlAsync(
            $"INSERT INTO Series (Id, RunId, Name) VALUES (1, 'r1', 'train/loss'); INSERT INTO Points (SeriesId, Step, Value, Time, Attempt) VALUES (1, 1, 0.5, 1, 1)",
            TestContext.Current.CancellationToken);

        await metrics.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0.5, (await metrics.Points.SingleAsync(TestContext.Current.CancellationToken)).Value);
        Assert.Empty(await metrics.LogLines.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_DatabaseOfALaterVersion_IsRefused()
    {
        using var folder = new TempFolder();
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
        }

        await using (StateContext state = Open(folder))
        {
            await state.Database.ExecuteSqlAsync(
                $"INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('99990101000000_Future', '99')", TestContext.Current.CancellationToken);
        }

        SqliteConnection.ClearAllPools();
        IOException refused = await Assert.ThrowsAnyAsync<IOException>(() => TestHost.StartAsync(folder));

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    private static StateContext Open(TempFolder folder) => new(
        new DbContextOptionsBuilder<StateContext>().UseSqlite($"Data Source={Path.Combine(folder.Path, StorageFolder.StateFile)}").Options);
}
