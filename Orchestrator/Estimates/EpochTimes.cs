using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Estimates;

/// <summary>Looks up how long epochs took on a data set.</summary>
public sealed class EpochTimes(IDbContextFactory<StateContext> contexts)
{
    /// <summary>Only the newest runs count: they are more representative of the current workers, and reading a long history would be slow.</summary>
    private const int MostRuns = 5000;

    private const int Completed = (int)RunStatus.Completed;
    private const int Running = (int)RunStatus.Running;

    /// <summary>
    /// Grouped by model, image size, batch size and kind of device, for the newest runs on the same images. An epoch takes as long as the last one,
    /// or as the mean epoch of a completed run if that is less, as with frozen epochs. The rest of a completed run's time counts as overhead. When
    /// attempts of a run used several kinds of devices, only the last epoch is used.
    /// </summary>
    public async Task<IReadOnlyList<EpochTime>> OfAsync(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        // The newest runs are found by an index alone: reading each of 100,000 runs would take several times as long as the rest.
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
                        CASE WHEN Status = {Completed} AND Attempt <= 1 AND SharedEpochs = 0 THEN TrainedTicks / {(double)TimeSpan.TicksPerSecond} END AS Total,
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
