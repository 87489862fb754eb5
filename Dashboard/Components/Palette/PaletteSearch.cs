using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Palette;

/// <summary>The palette entries from the Orchestrator: sweeps and runs.</summary>
public sealed class PaletteSearch(OrchestratorClient orchestrator)
{
    private const int MostSweeps = 6;
    private const int MostRuns = 8;

    /// <param name="sweepId">The sweep whose page is open: a number alone is a run of it.</param>
    public async Task<IReadOnlyList<PaletteChoice>> FindAsync(string text, string? sweepId, CancellationToken cancellationToken)
    {
        text = text.Trim();
        Page<SweepView> sweeps = await orchestrator.GetSweepsAsync(new SweepsQuery(Words: text.Length == 0 ? null : text, Take: MostSweeps), cancellationToken);
        List<PaletteChoice> choices = [];
        if (text.Length > 0)
        {
            choices.AddRange(await NumberedAsync(text, sweepId, cancellationToken));
            choices.AddRange((await orchestrator.FindRunsAsync(text, MostRuns, cancellationToken)).Select(Show));
        }

        return [.. sweeps.Items.Select(Show), .. choices.DistinctBy(choice => choice.Address)];
    }

    private async Task<IEnumerable<PaletteChoice>> NumberedAsync(string text, string? sweepId, CancellationToken cancellationToken)
    {
        if (sweepId is null || !int.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out int cell))
        {
            return [];
        }

        Page<RunView> runs = await orchestrator.GetRunsAsync(sweepId, new RunsQuery(Filter: string.Create(CultureInfo.InvariantCulture, $"cell = {cell}"), Take: 1), cancellationToken);
        return runs.Items.Select(run => new PaletteChoice("Run", Name(run.Cell, run.Name), "of this sweep", $"runs/{run.Id}"));
    }

    private static PaletteChoice Show(SweepView sweep) => new("Sweep", sweep.Name, sweep.Status.ToString().ToLowerInvariant(), $"sweeps/{sweep.Id}");

    private static PaletteChoice Show(FoundRun run) => new("Run", Name(run.Cell, run.Name), $"{run.Model} · {run.SweepName}", $"runs/{run.Id}");

    private static string Name(int cell, string? name) => string.Create(CultureInfo.InvariantCulture, $"#{cell}{(name is null ? "" : $" {name}")}");
}
