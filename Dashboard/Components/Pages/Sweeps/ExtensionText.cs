using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>The effect of extending a sweep, in words. Pure.</summary>
internal static class ExtensionText
{
    /// <summary><c>4 new runs, 3 to train. 2 duplicates: these combinations exist already.</c></summary>
    public static string Of(SweepPreview preview)
    {
        string runs = preview.Runs == 0 ? "No new runs." : $"{Counted(preview.Runs, "new run")}, {Numbers.Count(preview.Runs - preview.Reused)} to train.";
        return preview.Duplicates == 0 ? runs
            : $"{runs} {Counted(preview.Duplicates, "duplicate")}: {(preview.Duplicates == 1 ? "this combination exists" : "these combinations exist")} already.";
    }

    private static string Counted(int count, string what) => $"{Numbers.Count(count)} {what}{(count == 1 ? "" : "s")}";
}
