using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Estimates;

/// <summary>Looks up how long epochs took on a data set.</summary>
public sealed class EpochTimes(IDbContextFactory<StateContext> contexts)
{
    /// <summary>Newer runs say more of the workers that are there now, and a look at all of a long history would take long.</summary>
    private const int MostRuns = 5000;

    private const int Completed = (int)RunStatus.Completed;
    private const int Running = (int)RunStatus.Running;

    /// <summary>
    /// By model, image size, batch size and kind of device, of the newest runs on the same images. An epoch takes what the last one took, or the mean of a
    /// completed run's where that is less, as with frozen epochs; what a completed run took beside that is no matter of its epochs. Several attempts may have trained
    /// on devices of several kinds: of those the last epoch alone is looked at.
    /// </summary>
    public async Task<IReadOnlyList<EpochTime>> OfAsync(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        // The newest are found in an index alone: among 100,000 runs, looking at each would take several times as long as all else.
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database
            .SqlQuery<EpochTime>(
                $"""
                WITH Same AS (
                    SELECT Id FROM Sweeps
                    WHERE coalesce(json_extract(Spec, '$.dataset.name'), json_extract(Spec, '$.dataset')) = {dataset.Name}
                        AND json_extract(Spec, '$.dataset.path') IS {dataset.Path}
                        AND json_extract(Spec, '$.dataset.limit') IS {dataset.Limit}),
                Newest AS (
                    SELECT rowid FROM Runs
                    WHERE SweepId IN (SELECT Id FROM Same) AND (TrainedTicks > 0 OR Status = {Running})
                    ORDER BY rowid DESC LIMIT {MostRuns}),
                Ended AS (
                    SELECT
                        json_extract(Config, '$.model') AS Model,
                        json_extract(Config, '$.imageSize') AS ImageSize,
                        json_extract(Config, '$.batchSize') AS BatchSize,
                        substr(Device, 1, instr(Device || ':', ':') - 1) AS Device,
                        Epoch,
                        CASE WHEN Status = {Completed} AND Attempt <= 1 THEN TrainedTicks / {(double)TimeSpan.TicksPerSecond} END AS Total,
                        json_extract(Summary, '$."system/epochSeconds".last') AS Last
                    FROM Runs LEFT JOIN Attempts ON RunId = Id
                        AND Number = (SELECT max(Number) FROM Attempts WHERE RunId = Id AND LastEpoch > FirstEpoch)
                    WHERE Runs.rowid IN (SELECT rowid FROM Newest) AND Epoch > 0),
                Measured AS (
                    SELECT Model, ImageSize, BatchSize, Device, Epoch, Total, min(coalesce(Last, Total / Epoch), coalesce(Total / Epoch, Last)) AS Seconds
                    FROM Ended)
                SELECT
                    Model, ImageSize, BatchSize, Device, count(*) AS Runs, avg(Seconds) AS Seconds,
                    coalesce(avg(Total - Epoch * Seconds), 0.0) AS StartSeconds
                FROM Measured
                WHERE Seconds > 0 AND ImageSize IS NOT NULL
                GROUP BY Model, ImageSize, BatchSize, Device
                """)
            .ToListAsync(cancellationToken);
    }
}
