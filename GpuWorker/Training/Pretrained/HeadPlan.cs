using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Decides whether stored outputs per class match a data set's classes.</summary>
/// <param name="Fate">What to do with them.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Order">The position of each class of the data set in the file; null unless they must be reordered.</param>
/// <param name="IsSure">False if the file's classes are unknown.</param>
internal sealed record HeadPlan(HeadFate Fate, string Reason, int[]? Order = null, bool IsSure = true)
{
    private const int MostNamed = 10;

    /// <param name="stored">The classes in the file; null if it does not name them.</param>
    /// <param name="rows">The number of outputs in the file; null if it has no head.</param>
    /// <param name="classes">The data set's.</param>
    public static HeadPlan Of(StoredClasses? stored, long? rows, IReadOnlyList<string> classes)
    {
        if (rows is null)
        {
            return new HeadPlan(HeadFate.New, "the file has no head for this network");
        }

        return stored switch
        {
            null => OfUnnamed(rows.Value, classes),
            { Names: null } => new HeadPlan(HeadFate.New, $"what the file says of its classes cannot be understood: {NameList.Of([stored.Text], 1)}"),
            { Names: { } names } when names.Count != rows => new HeadPlan(HeadFate.New, $"the file names {names.Count} classes and has outputs for {rows}"),
            { Names: { } names } => OfNamed(names, classes),
        };
    }

    private static HeadPlan OfNamed(IReadOnlyList<string> stored, IReadOnlyList<string> classes) => ClassOrder.Find(stored, classes) switch
    {
        null => new HeadPlan(
            HeadFate.New, $"the file's classes are {NameList.Of(stored, MostNamed)}, the data set's are {NameList.Of(classes, MostNamed)}"),
        { } order when ClassOrder.IsSame(order) => new HeadPlan(HeadFate.Kept, "the same classes in the same order"),
        { } order => new HeadPlan(HeadFate.Reordered, $"the same classes, in the file in the order {NameList.Of(stored, MostNamed)}", order),
    };

    private static HeadPlan OfUnnamed(long rows, IReadOnlyList<string> classes) => rows != classes.Count
        ? new HeadPlan(HeadFate.New, $"the file has outputs for {rows} classes, the data set has {classes.Count}")
        : new HeadPlan(
            HeadFate.Kept,
            $"it is not known which classes the file's {rows} outputs are for; they are taken for the data set's, in the order {NameList.Of(classes, MostNamed)}",
            IsSure: false);
}
