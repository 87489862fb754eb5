using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Sweeps;

/// <summary>Reads and writes the <c>search</c> block: how values are drawn from the space.</summary>
internal static class SearchBlock
{
    private const string Path = "search";
    private const string Example = "{ sampler: random, runs: 20 }";

    /// <param name="hasSpace">Whether the sweep has a space to draw from.</param>
    /// <returns>Null for a search over the grid alone.</returns>
    public static SearchSpec? Read(JsonElement? json, bool hasSpace, SpecErrors errors)
    {
        if (json is not { } given)
        {
            if (hasSpace)
            {
                errors.Add(Path, $"missing: how many configurations to draw from space; allowed: a search such as {Example}");
            }

            return null;
        }

        if (SpecObject.Open(given, Path, Example, errors) is not { } block)
        {
            return null;
        }

        string[] samplers = [.. EnumText.All<SamplerKind>()];
        bool isNamed = block.Take("sampler") is not null;
        SamplerKind sampler = block.TakeName("sampler", samplers) is { } name && EnumText.TryParse(name, out SamplerKind named) ? named
            : hasSpace ? SamplerKind.Random : SamplerKind.Grid;
        int? runs = block.TakeOptionalInteger("runs", 1, SearchSpec.MostRuns);
        int seed = block.TakeInteger("seed", 0, 0, int.MaxValue);
        int? parallel = block.TakeOptionalInteger("parallel", 1, SearchSpec.MostParallel);
        block.RefuseOthers();
        if (!hasSpace)
        {
            return WithoutSpace(block, sampler, isNamed);
        }

        CheckParallel(block, sampler, parallel);
        return WithSpace(block, sampler, runs, seed) is { } search ? search with { Parallel = parallel } : null;
    }

    public static void Write(Utf8JsonWriter writer, SearchSpec? search)
    {
        if (search is null)
        {
            return;
        }

        writer.WriteStartObject(Path);
        writer.WriteString("sampler", EnumText.Of(search.Sampler));
        writer.WriteNumber("runs", search.Runs);
        if (search.Seed != 0)
        {
            writer.WriteNumber("seed", search.Seed);
        }

        if (search.Parallel is { } parallel)
        {
            writer.WriteNumber("parallel", parallel);
        }

        writer.WriteEndObject();
    }

    /// <summary>Other samplers propose all runs at the launch.</summary>
    private static void CheckParallel(SpecObject block, SamplerKind sampler, int? parallel)
    {
        if (parallel is { } given && sampler is SamplerKind.Random or SamplerKind.Quasirandom)
        {
            block.Errors.Add(block.PathOf("parallel"), ProblemText.Of(
                $"{EnumText.Of(sampler)} draws all runs at the launch: {given}", "parallel with sampler: tpe", $"; write maxConcurrency: {given} next to search to limit how many train at the same time"));
        }
    }

    private static SearchSpec? WithSpace(SpecObject block, SamplerKind sampler, int? runs, int seed)
    {
        if (sampler == SamplerKind.Grid)
        {
            string others = string.Join(", ", EnumText.All<SamplerKind>().Where(name => name != EnumText.Of(SamplerKind.Grid)));
            block.Errors.Add(block.PathOf("sampler"), ProblemText.Of(
                "\"grid\" tries listed values, and draws none from space", $"{others}, or no space", "; write lists of values under grid to try all combinations"));
        }

        if (runs is null && block.Entries.All(entry => entry.Key != "runs"))
        {
            block.Errors.Add(block.PathOf("runs"), $"missing; allowed: a whole number from 1 to {SearchSpec.MostRuns}, the configurations to draw for each combination of the grid");
        }

        return sampler == SamplerKind.Grid || runs is null ? null : new SearchSpec(sampler, runs.Value, seed);
    }

    private static SearchSpec? WithoutSpace(SpecObject block, SamplerKind sampler, bool isNamed)
    {
        if (isNamed && sampler != SamplerKind.Grid)
        {
            block.Errors.Add(block.PathOf("sampler"), ProblemText.Of(
                $"no space to draw from: \"{EnumText.Of(sampler)}\"", "grid, or a space next to search", "; add space: { learningRate: { min: 1e-5, max: 1e-1, scale: log } }"));
        }
        else
        {
            foreach (KeyValuePair<string, JsonElement> entry in block.Entries.Where(entry => entry.Key is "runs" or "seed" or "parallel"))
            {
                block.Wrong(entry.Key, "without a space nothing is drawn", entry.Value, $"{entry.Key} with a space next to search", $"; remove {entry.Key}, or add a space");
            }
        }

        return null;
    }
}
