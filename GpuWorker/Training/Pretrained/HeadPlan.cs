using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Models;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Whether stored outputs per class are those of a data set's classes.</summary>
/// <param name="Fate">What is to become of them.</param>
/// <param name="Reason">Why.</param>
/// <param name="Order">Where each class of the data set stands in the file; null unless they are to be reordered.</param>
/// <param name="IsSure">False where the file does not say what its classes are.</param>
internal sealed record HeadPlan(HeadFate Fate, string Reason, int[]? Order = null, bool IsSure = true)
{
    private const int MostNamed = 10;

    /// <param name="stored">The names in the file; null where it has none.</param>
    /// <param name="rows">How many classes the file has outputs for; null where it has no head.</param>
    /// <param name="classes">The data set's.</param>
    public static HeadPlan Of(IReadOnlyList<string>? stored, long? rows, IReadOnlyList<string> classes)
    {
        if (rows is null)
        {
            return new HeadPlan(HeadFate.New, "the file has no head for this network");
        }

        // A list of another length does not describe these outputs.
        return stored is null || stored.Count != rows ? OfUnnamed(rows.Value, classes) : OfNamed(stored, classes);
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
            $"the file does not name its {rows} classes; they are taken for the data set's, in the order {NameList.Of(classes, MostNamed)}",
            IsSure: false);
}
