using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Tests.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Orchestrator.Tests.Runs.Deletion;

public sealed class DeletedRunRemovalTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RemoveDue_PartThatFails_StaysDueAndHoldsNothingElseUp()
    {
        using var database = new MemoryDatabase();
        await MarkAsync(database, "bad", "good");
        var data = new ReluctantData { Fails = { "bad" } };
        using DeletedRunRemoval removal = Removal(database, data);

        await removal.RemoveDueAsync(Cancelled);

        Assert.Equal(["good"], data.Removed);
        Assert.Equal("the disk is not mounted", removal.Problem);
        Assert.Equal(["bad"], await DueAsync(database));

        data.Fails.Clear();
        await removal.RemoveDueAsync(Cancelled);

        Assert.Equal(["good", "bad"], data.Removed);
        Assert.Null(removal.Problem);
        Assert.Empty(await DueAsync(database));
    }

    [Fact]
    public async Task RemoveDue_ManyRuns_RemovesEachOnce()
    {
        using var database = new MemoryDatabase();
        string[] ids = [.. Enumerable.Range(0, 250).Select(number => $"run{number:000}")];
        await MarkAsync(database, ids);
        var data = new ReluctantData();
        using DeletedRunRemoval removal = Removal(database, data);

        await removal.RemoveDueAsync(Cancelled);
        await removal.RemoveDueAsync(Cancelled);

        Assert.Equal(ids, data.Removed);
    }

    private static DeletedRunRemoval Removal(MemoryDatabase database, IRunData data) => new(
        database.States, new StateWriter(database.States, new ChangeBroadcaster()), [data], TimeProvider.System, NullLogger<DeletedRunRemoval>.Instance);

    private static async Task MarkAsync(MemoryDatabase database, params string[] ids)
    {
        await using StateContext db = database.States.CreateDbContext();
        db.DeletedRuns.AddRange(ids.Select(id => new DeletedRun { RunId = id, SweepId = "s", DeletedAt = DateTimeOffset.UnixEpoch }));
        await db.SaveChangesAsync(Cancelled);
    }

    private static async Task<List<string>> DueAsync(MemoryDatabase database)
    {
        await using StateContext db = database.States.CreateDbContext();
        return await db.DeletedRuns.Where(run => run.RemovedAt == null).Select(run => run.RunId).ToListAsync(Cancelled);
    }

    private sealed class ReluctantData : IRunData
    {
        public HashSet<string> Fails { get; } = [];

        public List<string> Removed { get; } = [];

        public Task RemoveAsync(string runId, CancellationToken cancellationToken)
        {
            if (Fails.Contains(runId))
            {
                throw new IOException("the disk is not mounted");
            }

            Removed.Add(runId);
            return Task.CompletedTask;
        }
    }
}
