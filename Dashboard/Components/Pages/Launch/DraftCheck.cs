using System.Text.Json;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The checks of a draft that need no Orchestrator.</summary>
/// <param name="Json">The draft in the form of a sweep file.</param>
/// <param name="Cells">Cells of all grids without excluded ones; 0 while the draft is incomplete.</param>
/// <param name="Errors">The errors and missing values by path.</param>
public sealed record DraftCheck(JsonElement Json, long Cells, IReadOnlyDictionary<string, string[]> Errors)
{
    public bool IsComplete => Errors.Count == 0;

    public static DraftCheck Of(SweepDraft draft)
    {
        JsonElement json = draft.ToJson();
        bool isComplete = SweepSpecReader.TryRead(json, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors);

        // Cells can be counted long before the sweep has a name.
        SweepSpec counted = spec ?? draft.ToSpec();
        return new DraftCheck(json, GridExpansion.CountCells(counted), isComplete ? new Dictionary<string, string[]>() : errors);
    }
}
