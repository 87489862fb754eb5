using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Storage;

/// <summary>Disk usage in words. Pure.</summary>
public static class StorageText
{
    public static string Artifacts(ArtifactStorage artifacts)
    {
        string limit = artifacts.MaxBytes is { } most ? $"of {Numbers.Bytes(most)} allowed" : "no limit is set";
        return artifacts.OtherBytes > 0 ? $"{limit}; {Numbers.Bytes(artifacts.OtherBytes)} from runs that are no longer in the database" : limit;
    }

    public static string Database(DatabaseStorage database) => database.Name == "metrics" ? "Curves and logs" : "Sweeps and runs";

    public static string Reusable(DatabaseStorage database) =>
        database.ReusableBytes == 0 ? "database; no free space inside" : $"database; {Numbers.Bytes(database.ReusableBytes)} free inside, reused first";

    public static string Deleting(PendingDeletion deleting)
    {
        string what = $"{Numbers.Count(deleting.Runs)} deleted {(deleting.Runs == 1 ? "run is" : "runs are")} still being removed ({Numbers.Bytes(deleting.Bytes)} of files).";
        return deleting.Problem is { } problem ? $"{what} The last attempt failed and will be retried: {problem}" : what;
    }

    /// <summary>The share of all sweeps' usage, 0 to 1.</summary>
    public static double Share(SweepStorage sweep, StorageView storage) =>
        storage.Sweeps.Sum(other => other.Bytes) is > 0 and var all ? sweep.Bytes / (double)all : 0;
}
