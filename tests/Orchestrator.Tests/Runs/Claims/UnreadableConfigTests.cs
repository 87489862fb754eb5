using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Experiments.Orchestrator.Tests.Runs.Claims;

/// <summary>A database with configurations of an earlier version that this one cannot read.</summary>
public sealed class UnreadableConfigTests : IAsyncLifetime
{
    /// <summary>A removed hyperparameter, a value outside a narrowed range, a removed data set, invalid JSON; and a readable one of lower priority.</summary>
    private const string Rows = """
        INSERT INTO Sweeps (Id, Name, Status, CreatedAt, Spec, Priority, MaxAttempts, ObjectiveMetric, ObjectiveGoal, Tags, SearchState)
        VALUES
          ('s1', 'old', 0, 638000000000000000, '{"name":"old","dataset":"digits","grid":{"gone":[1,2]}}', 9, 2, 'validation/accuracy', 0, '[]', '{"LastCell":4,"Duplicates":0}'),
          ('s2', 'good', 0, 638000000000000000, '{"name":"good","dataset":"digits"}', 0, 2, 'validation/accuracy', 0, '[]', '{"LastCell":1,"Duplicates":0}');
        INSERT INTO Runs (Id, SweepId, Cell, "Key", Status, Config, Epochs, Attempt, TriesLeft, CreatedAt, Epoch, Summary, Artifacts, TrainedTicks)
        VALUES
          ('00000000000000000000000001', 's1', 1, 'k1', 1, '{"gone":1,"dataset":"digits"}', 2, 0, 2, 638000000000000000, 0, '{}', '[]', 0),
          ('00000000000000000000000002', 's1', 2, 'k2', 1, '{"batchSize":0,"dataset":"digits"}', 2, 0, 2, 638000000000000000, 0, '{}', '[]', 0),
          ('00000000000000000000000003', 's1', 3, 'k3', 0, '{"dataset":{"name":"stars"}}', 2, 0, 2, 638000000000000000, 0, '{}', '[]', 0),
          ('00000000000000000000000004', 's1', 4, 'k4', 3, '{"gone":[2],"pretrained":1,"learningRate":"high","dataset":"digits"}', 2, 1, 2, 638000000000000000, 2, '{"validation/accuracy":{"last":0.5,"best":0.5,"bestEpoch":1}}', '[]', 5),
          ('00000000000000000000000005', 's2', 1, 'k5', 1, '{"epochs":2,"dataset":"digits"}', 2, 0, 2, 638000000000000000, 0, '{}', '[]', 0);
        """;

    private readonly TempFolder _folder = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await using (StateContext old = new(
            new DbContextOptionsBuilder<StateContext>().UseSqlite($"Data Source={Path.Combine(_folder.Path, StorageFolder.StateFile)};Pooling=false").Options))
        {
            await old.GetService<IMigrator>().MigrateAsync(old.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
            await using var command = new SqliteCommand(Rows, (SqliteConnection)old.Database.GetDbConnection());
            await old.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        _host = await TestHost.StartAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("00000000000000000000000001", "gone: there is no such hyperparameter")]
    [InlineData("00000000000000000000000002", "batchSize: out of range: 0")]
    [InlineData("00000000000000000000000003", "\"stars\"")]
    public async Task Claim_ConfigurationThatNoLongerParses_FailsAndOthersAreTrained(string run, string reason)
    {
        await _host.UntilAsync("s1", sweep => sweep.RunCounts.Queued == 3);

        RunClaimed claimed = await new ScriptedWorker(_host).ClaimAsync();

        Assert.Equal("00000000000000000000000005", claimed.RunId);
        RunView failed = await _host.GetAsync<RunView>($"/api/runs/{run}");
        Assert.Equal((RunStatus.Failed, FailureKind.Invalid), (failed.Status, failed.Failure?.Kind));
        Assert.Contains(reason, failed.Failure!.Message, StringComparison.Ordinal);
        Assert.NotNull(failed.FinishedAt);
        Assert.Equal((SweepStatus.Failed, 3), ((await _host.GetAsync<SweepView>("/api/sweeps/s1")).Status, (await _host.GetAsync<SweepView>("/api/sweeps/s1")).RunCounts.Failed));
    }

    [Theory]
    [InlineData("/api/sweeps")]
    [InlineData("/api/sweeps/s1")]
    [InlineData("/api/sweeps/s1/spec.yaml")]
    [InlineData("/api/sweeps/s1/runs?sort=-learningRate&filter=batchSize%20%3E%201%20or%20cell%20%3E%200")]
    [InlineData("/api/sweeps/s1/runs.csv")]
    [InlineData("/api/sweeps/s1/runs.json")]
    [InlineData("/api/sweeps/s1/names")]
    [InlineData("/api/sweeps/s1/columns?columns=learningRate,batchSize,augmentation,pretrained,validation/accuracy")]
    [InlineData("/api/sweeps/s1/groups?by=learningRate,batchSize")]
    [InlineData("/api/sweeps/s1/importance?hyperparameters=batchSize,learningRate")]
    [InlineData("/api/sweeps/s1/importance")]
    [InlineData("/api/sweeps/s1/attempts")]
    [InlineData("/api/runs/compare?ids=00000000000000000000000001,00000000000000000000000002,00000000000000000000000003,00000000000000000000000004,00000000000000000000000005")]
    [InlineData("/api/runs/00000000000000000000000004")]
    public async Task Read_ConfigurationsThatNoLongerParse_AreShownAsTheyAre(string path)
    {
        HttpResponseMessage response = await _host.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Preview_WithRunsThatNoLongerParse_Answers() =>
        Assert.Equal(1, (await _host.PostAsync<SweepPreview>("/api/sweeps/preview", "name: x\ndataset: digits")).Runs);

    [Fact]
    public async Task Extend_SweepThatNoLongerParses_IsRefusedWithTheReason()
    {
        HttpResponseMessage response = await _host.PostAsync("/api/sweeps/s1/extend", "grid: { seed: [1] }");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("gone", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
