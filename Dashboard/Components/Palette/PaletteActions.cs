using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Components.Themes;

namespace Experiments.Dashboard.Components.Palette;

/// <summary>The palette entries that need no request: pages, actions, models and data sets. Pure.</summary>
public static class PaletteActions
{
    private const string Action = "Action";
    private const string Page = "Page";

    private static readonly PaletteChoice[] Always =
    [
        new(Action, "New sweep", "", "sweeps/new"),
        new(Page, "Sweeps", "", "sweeps"),
        new(Page, "Models", "", "models"),
        new(Page, "Data sets", "", "datasets"),
        new(Page, "Workers", "", "workers"),
        new(Page, "Storage", "", "storage"),
        new(Action, "Keyboard shortcuts", "?", null) { ShowsKeys = true },
        .. Enum.GetValues<ThemeChoice>().Select(theme => new PaletteChoice(Action, $"Theme: {theme.ToString().ToLowerInvariant()}", "", null) { Theme = theme }),
    ];

    private static readonly PaletteChoice[] Named =
    [
        .. ModelCatalog.Names.Select(model => new PaletteChoice("Model", model, "", $"models/{model}")),
        .. DatasetCatalog.Names.Select(dataset => new PaletteChoice("Data set", dataset, "", $"datasets/{dataset}")),
    ];

    /// <param name="sweepId">The sweep whose page is open; null on other pages.</param>
    public static IEnumerable<PaletteChoice> Find(string text, string? sweepId)
    {
        PaletteChoice[] ofSweep = sweepId is null ? [] :
        [
            new(Page, "Runs of this sweep", "", $"sweeps/{sweepId}"),
            new(Page, "Analysis of this sweep", "", $"sweeps/{sweepId}/analysis"),
            new(Page, "Timeline of this sweep", "", $"sweeps/{sweepId}/timeline"),
            new(Action, "Clone this sweep", "", $"sweeps/new?from={sweepId}"),
        ];
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? [.. ofSweep, .. Always]
            : [.. ofSweep.Concat(Always).Concat(Named).Where(choice => words.All(word => $"{choice.Kind} {choice.Label}".Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }
}
